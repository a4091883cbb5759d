// The measuring tool: a line or an area with its corners and its length.

import { PathLayer, ScatterplotLayer, SolidPolygonLayer, TextLayer } from '@deck.gl/layers';
import { textStyle } from '../gl/text.ts';
import type { MapPalette } from '../map-palette.ts';

export interface MeasureShape {
	points: readonly [number, number][];
	isArea: boolean;
	/** At the last corner, or in the middle of the area. */
	label: { at: [number, number]; text: string } | null;
}

/** @param id - of the layers: several shapes may be drawn at once */
export function measureLayers({ points, isArea, label }: MeasureShape, palette: MapPalette, id = 'measure') {
	const line = isArea && points.length > 2 ? [...points, points[0]!] : points;
	return [
		new SolidPolygonLayer({
			id: `${id}-ground`,
			data: isArea && points.length > 2 ? [line] : [],
			getPolygon: (ring: [number, number][]) => ring,
			getFillColor: [...palette.accent, 40],
		}),
		new PathLayer({
			id: `${id}-line`,
			data: line.length > 1 ? [line] : [],
			getPath: (path: [number, number][]) => path,
			getColor: [...palette.accent, 255],
			getWidth: 2.5,
			widthUnits: 'pixels',
			jointRounded: true,
			capRounded: true,
		}),
		new ScatterplotLayer<[number, number]>({
			id: `${id}-corner`,
			data: points as [number, number][],
			getPosition: (at) => at,
			getRadius: 4.5,
			radiusUnits: 'pixels',
			getFillColor: [...palette.groundBytes, 255],
			getLineColor: [...palette.accent, 255],
			getLineWidth: 2,
			lineWidthUnits: 'pixels',
			stroked: true,
			billboard: true,
		}),
		new TextLayer({
			...textStyle(palette),
			id: `${id}-text`,
			data: label ? [label] : [],
			getPosition: ({ at }: { at: [number, number] }) => at,
			getText: ({ text }: { text: string }) => text,
			getSize: 15,
			getColor: [...palette.text, 255],
			getPixelOffset: [0, -18],
		}),
	];
}
