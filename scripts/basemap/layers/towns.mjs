// The towns, computed: every 80 m cell goes to the nearest anchor as seen through a slightly bent plane,
// so that borders wander as real ones do. They are a drawing, not boundaries.

import {
	along,
	bbox,
	booleanPointInPolygon,
	featureCollection,
	intersect,
	length,
	lineSplit,
	lineString,
	polygon,
} from '@turf/turf';
import { noise } from '../shape/noise.mjs';
import { roundCorners, thin } from '../shape/line.mjs';
import { traceLabels } from '../shape/trace.mjs';

const CELL_M = 80;
const MARGIN_M = 1500;

function bent([x, y]) {
	const wave = (length, height, seed) => [
		noise(x / length, y / length, seed) * height,
		noise(x / length, y / length, seed + 1) * height,
	];
	const [a, b, c] = [wave(4200, 700, 11), wave(1500, 330, 23), wave(520, 120, 37)];
	return [x + a[0] + b[0] + c[0], y + a[1] + b[1] + c[1]];
}

/** Only the largest piece of each label stays; islands go to whatever surrounds them. */
function withoutIslands(labels, columns, rows) {
	const piece = new Int32Array(labels.length).fill(-1);
	const pieces = [];
	const beside = (i) => [
		...(i % columns ? [i - 1] : []),
		...((i + 1) % columns ? [i + 1] : []),
		...(i >= columns ? [i - columns] : []),
		...(i < columns * (rows - 1) ? [i + columns] : []),
	];
	for (let start = 0; start < labels.length; start++) {
		if (piece[start] >= 0) continue;
		const cells = [start];
		piece[start] = pieces.length;
		for (let k = 0; k < cells.length; k++) {
			for (const next of beside(cells[k])) {
				if (piece[next] < 0 && labels[next] === labels[start]) {
					piece[next] = pieces.length;
					cells.push(next);
				}
			}
		}
		pieces.push({ label: labels[start], cells });
	}
	const largest = new Map();
	for (const { label, cells } of pieces) largest.set(label, Math.max(largest.get(label) ?? 0, cells.length));
	for (const { label, cells } of pieces) {
		if (cells.length === largest.get(label)) continue;
		const inside = new Set(cells);
		const around = cells.flatMap(beside).find((cell) => !inside.has(cell));
		for (const cell of cells) labels[cell] = labels[around];
	}
}

/**
 * @param seats `{ name, anchors, pullM }`; a town reaches `pullM` metres farther than a plain nearest-point rule
 * @returns areas: one feature per seat, in the order of the seats, cut to the district;
 *   borders: the lines between them, each once
 */
export function computeTowns(seats, district, plane) {
	const [west, south, east, north] = bbox(district);
	const [x0, y0] = plane.toXy([west, south]).map((value) => value - MARGIN_M);
	const [x1, y1] = plane.toXy([east, north]).map((value) => value + MARGIN_M);
	const [columns, rows] = [Math.ceil((x1 - x0) / CELL_M), Math.ceil((y1 - y0) / CELL_M)];
	const points = seats.flatMap(({ anchors, pullM = 0 }, label) =>
		anchors.map((point) => ({ label, pullM, xy: plane.toXy(point) })),
	);

	const labels = new Int16Array(columns * rows);
	for (let r = 0; r < rows; r++) {
		for (let c = 0; c < columns; c++) {
			const [x, y] = bent([x0 + (c + 0.5) * CELL_M, y0 + (r + 0.5) * CELL_M]);
			let nearest = Infinity;
			for (const { label, pullM, xy } of points) {
				const far = Math.hypot(x - xy[0], y - xy[1]) - pullM;
				if (far < nearest) [nearest, labels[r * columns + c]] = [far, label];
			}
		}
	}
	withoutIslands(labels, columns, rows);

	const { rings, borders } = traceLabels(labels, columns, rows, (line) =>
		thin(roundCorners(thin(line, 0.9), 2), 0.22).map(([c, r]) => plane.toLngLat([x0 + c * CELL_M, y0 + r * CELL_M])),
	);
	const areas = seats.map(({ name }, label) => {
		const cut = intersect(featureCollection([polygon([rings.get(label)[0]]), district]));
		if (!cut) throw new Error(`${name} lies outside the district.`);
		return cut;
	});
	return { areas, borders: borders.flatMap(({ line }) => partsInside(line, district)) };
}

function partsInside(line, district) {
	const whole = lineString(line);
	const split = lineSplit(whole, district).features;
	return (split.length ? split : [whole]).filter(
		(part) => part.geometry.coordinates.length > 1 && booleanPointInPolygon(along(part, length(part) / 2), district),
	);
}
