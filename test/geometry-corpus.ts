// Geometries as they come in files of bureaus, good and bad: 44 of them, for both databases.

import type * as GeoJSON from 'geojson';

const O: GeoJSON.Position = [120.26, 30.18];
const at = (x: number, y: number): GeoJSON.Position => [O[0]! + x / 1000, O[1]! + y / 1000];
const ring = (...corners: [number, number][]): GeoJSON.Position[] => corners.map(([x, y]) => at(x, y));
const polygon = (...rings: GeoJSON.Position[][]): GeoJSON.Polygon => ({ type: 'Polygon', coordinates: rings });
const multi = (...polygons: GeoJSON.Position[][][]): GeoJSON.MultiPolygon => ({
	type: 'MultiPolygon',
	coordinates: polygons,
});
const line = (...corners: [number, number][]): GeoJSON.LineString => ({
	type: 'LineString',
	coordinates: ring(...corners),
});
const point = (x: number, y: number): GeoJSON.Point => ({ type: 'Point', coordinates: at(x, y) });

const square = (x: number, y: number, size: number): GeoJSON.Position[] =>
	ring([x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]);
const circle = (count: number): GeoJSON.Position[] =>
	Array.from({ length: count + 1 }, (_, i) => {
		const angle = (2 * Math.PI * (i % count)) / count;
		return at(5 + 4 * Math.cos(angle), 5 + 4 * Math.sin(angle));
	});
const star = ring([0, 0], [10, 0], [2, 6], [5, -4], [8, 6], [0, 0]);
const comb = (teeth: number): GeoJSON.Position[] => [
	at(0, 0),
	...Array.from({ length: teeth }, (_, i) => [at(i + 0.5, 10), at(i + 1, i === teeth - 1 ? 0 : 1)]).flat(),
	at(0, 0),
];

export const CORPUS: Record<string, GeoJSON.Geometry> = {
	point: point(1, 1),
	'point at zero': { type: 'Point', coordinates: [0, 0] },
	'point at the pole': { type: 'Point', coordinates: [0, 90] },
	'point on the antimeridian': { type: 'Point', coordinates: [180, 30] },
	'point out of the world': { type: 'Point', coordinates: [200, 95] },
	'point with height': { type: 'Point', coordinates: [...at(1, 1), 12.5] },
	'point without numbers': { type: 'Point', coordinates: [NaN, NaN] },
	'point of one number': { type: 'Point', coordinates: [120.1] },
	'points, some twice': { type: 'MultiPoint', coordinates: ring([1, 1], [1, 1], [2, 3]) },
	'no points': { type: 'MultiPoint', coordinates: [] },
	line: line([0, 0], [5, 5], [9, 1]),
	'line that crosses itself': line([0, 0], [9, 9], [9, 0], [0, 9]),
	'line of one point': line([1, 1]),
	'line that stays': line([1, 1], [1, 1]),
	'no line': { type: 'LineString', coordinates: [] },
	lines: { type: 'MultiLineString', coordinates: [ring([0, 0], [9, 9]), ring([0, 9], [9, 0])] },
	square: polygon(square(1, 1, 6)),
	'square, clockwise': polygon([...square(1, 1, 6)].reverse()),
	'square with height': polygon(square(1, 1, 6).map((corner) => [...corner, 3])),
	'square with a corner twice': polygon(ring([1, 1], [1, 1], [7, 1], [7, 7], [1, 7], [1, 1])),
	'square with a point on its side': polygon(ring([1, 1], [4, 1], [7, 1], [7, 7], [1, 7], [1, 1])),
	'square with a courtyard': polygon(square(0, 0, 9), square(3, 3, 2)),
	'courtyard that touches': polygon(square(0, 0, 9), square(0, 3, 2)),
	'courtyard outside': polygon(square(0, 0, 4), square(6, 6, 2)),
	'courtyard as large': polygon(square(0, 0, 4), square(0, 0, 4)),
	'courtyards that overlap': polygon(square(0, 0, 9), square(1, 1, 4), square(3, 3, 4)),
	'bow tie': polygon(ring([0, 0], [8, 8], [8, 0], [0, 8], [0, 0])),
	'star that crosses itself': polygon(star),
	'spike inward': polygon(ring([0, 0], [8, 0], [8, 8], [4, 8], [4, 2], [4, 8], [0, 8], [0, 0])),
	'spike outward': polygon(ring([0, 0], [8, 0], [12, 0], [8, 0], [8, 8], [0, 8], [0, 0])),
	'no area': polygon(ring([0, 0], [5, 5], [9, 9], [0, 0])),
	'all corners one': polygon(ring([1, 1], [1, 1], [1, 1], [1, 1])),
	unclosed: polygon(ring([0, 0], [5, 0], [5, 5])),
	'unclosed by a hair': polygon([...square(1, 1, 6).slice(0, 4), at(1, 1.0000001)]),
	'two corners': polygon(ring([0, 0], [5, 0], [0, 0])),
	'no rings': polygon(),
	'no number in a ring': polygon([...ring([0, 0], [5, 0]), [NaN, 30.2], ...ring([0, 0])]),
	'a thousand corners': polygon(circle(1000)),
	comb: polygon(comb(9)),
	'two apart': multi([square(0, 0, 3)], [square(5, 5, 3)]),
	'two that touch in a corner': multi([square(0, 0, 3)], [square(3, 3, 3)]),
	'two that share a side': multi([square(0, 0, 3)], [square(3, 0, 3)]),
	'two that overlap': multi([square(0, 0, 5)], [square(3, 3, 5)]),
	collection: { type: 'GeometryCollection', geometries: [point(1, 1), polygon(square(0, 0, 3))] },
};
