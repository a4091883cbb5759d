// A dry run of an import above the register: what would be added, changed and closed, each with its own sign and line.
// Outlines are dashed by their change's colour; a sign stays the same size from far away.

import { PathLayer, ScatterplotLayer, SolidPolygonLayer, TextLayer } from '@deck.gl/layers';
import type { Feature, MultiPolygon, Point, Polygon } from 'geojson';
import { textStyle } from '../gl/text.ts';
import type { MapPalette } from '../map-palette.ts';

type LngLat = [number, number];
export type PreviewChange = 'added' | 'changed' | 'closed';
export type PreviewFeature = Feature<Point | Polygon | MultiPolygon, { change: PreviewChange; name?: string }>;

/** The same shapes as in lists and numbers: a full dot, a diamond, a cross. */
const SIGN: Record<PreviewChange, string> = { added: '●', changed: '◆', closed: '×' };
/** Drawn in this order: what would be closed lies on top, as nobody expects it. */
const ORDER: readonly PreviewChange[] = ['added', 'changed', 'closed'];

interface Mark {
	at: LngLat;
	change: PreviewChange;
}
interface Outline {
	ring: LngLat[];
	change: PreviewChange;
}

export function previewLayers(
	features: readonly PreviewFeature[],
	move: (at: LngLat) => LngLat,
	palette: MapPalette,
	scale: number,
) {
	const ordered = ORDER.flatMap((change) => features.filter(({ properties }) => properties.change === change));
	const outlines = ordered.flatMap((feature): Outline[] =>
		ringsOf(feature).map((ring) => ({ ring: ring.map(move), change: feature.properties.change })),
	);
	const marks = ordered.flatMap((feature): Mark[] => {
		const at = placeOf(feature);
		return at ? [{ at: move(at), change: feature.properties.change }] : [];
	});
	const colour: Record<PreviewChange, [number, number, number]> = {
		added: palette.accent,
		changed: palette.levelBytes.warning,
		closed: palette.text,
	};
	return [
		new SolidPolygonLayer<Outline>({
			id: 'preview-ground',
			data: outlines,
			getPolygon: ({ ring }) => ring,
			getFillColor: ({ change }) => [...colour[change], change === 'added' ? 70 : 30],
		}),
		new PathLayer<Outline>({
			id: 'preview-line',
			data: outlines,
			getPath: ({ ring }) => ring,
			getColor: ({ change }) => [...colour[change], 255],
			getWidth: 2.5 * scale,
			widthUnits: 'pixels',
		}),
		new ScatterplotLayer<Mark>({
			id: 'preview-halo',
			data: marks,
			getPosition: ({ at }) => at,
			getRadius: 9 * scale,
			radiusUnits: 'pixels',
			getFillColor: [...palette.groundBytes, 235],
			getLineColor: ({ change }) => [...colour[change], 255],
			getLineWidth: 1.5 * scale,
			lineWidthUnits: 'pixels',
			stroked: true,
			billboard: true,
		}),
		new TextLayer<Mark>({
			...textStyle(palette),
			id: 'preview-sign',
			data: marks,
			characterSet: Object.values(SIGN),
			getPosition: ({ at }) => at,
			getText: ({ change }) => SIGN[change],
			getSize: ({ change }) => (change === 'closed' ? 20 : 14) * scale,
			getColor: ({ change }) => [...colour[change], 255],
		}),
	];
}

/** West, south, east, north of everything shown; null when nothing has a place. */
export function boundsOfPreview(
	features: readonly PreviewFeature[],
	move: (at: LngLat) => LngLat,
): [number, number, number, number] | null {
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const feature of features) {
		const corners =
			feature.geometry.type === 'Point' ? [feature.geometry.coordinates as LngLat] : ringsOf(feature).flat();
		for (const [lng, lat] of corners.map(move)) {
			west = Math.min(west, lng);
			east = Math.max(east, lng);
			south = Math.min(south, lat);
			north = Math.max(north, lat);
		}
	}
	return west <= east ? [west, south, east, north] : null;
}

function ringsOf({ geometry }: PreviewFeature): LngLat[][] {
	if (geometry.type === 'Point') return [];
	const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
	return polygons.flatMap(([shell]) => (shell ? [shell as LngLat[]] : []));
}

/** The middle of the box around it: near enough for a sign. */
function placeOf(feature: PreviewFeature): LngLat | null {
	if (feature.geometry.type === 'Point') return feature.geometry.coordinates as LngLat;
	const box = boundsOfPreview([feature], (at) => at);
	return box && [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}
