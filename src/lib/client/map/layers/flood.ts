// The flood season on the map: field of rain, stations, what sites were told and how far they are, exposure of sites
// and cells, and the objects a flood reaches first.

import { FillStyleExtension } from '@deck.gl/extensions';
import { BitmapLayer, PathLayer, ScatterplotLayer, SolidPolygonLayer, TextLayer } from '@deck.gl/layers';
import { cellToBoundary } from 'h3-js';
import type { NoticeStep } from '#lib/domain/flood/progress.ts';
import type { ExposureBand } from '#lib/domain/flood/exposure.ts';
import { textStyle } from '../gl/text.ts';
import type { MapPalette } from '../map-palette.ts';

type At = [number, number];

export interface FieldShape {
	id: string;
	/** West, south, east, north on the datum of the base map. */
	bounds: [number, number, number, number];
	width: number;
	height: number;
	mm: Float32Array;
}
export interface StationShape {
	id: string;
	at: At;
	label: string;
	/** How grave it is: colours as levels. */
	level: 'unknown' | 'normal' | 'notice' | 'warning' | 'danger';
}
export interface MeasureShape {
	no: number;
	at: At;
	step: NoticeStep;
	clock: string;
}
export interface ExposureShape {
	no: number;
	at: At;
	band: ExposureBand;
	isUncertain: boolean;
}
export interface CellShape {
	cell: string;
	band: ExposureBand | 'insufficient';
}
export interface ObjectShape {
	key: string;
	at: At;
	/** Places of the sign beside the site, pixels. */
	offset: [number, number];
	sign: string;
}

/** Millimetres of an hour and their colours: blues, then violet, as rain is drawn in Chinese weather charts. */
const RAIN_STEPS: readonly [number, [number, number, number, number]][] = [
	[0.1, [120, 200, 140, 70]],
	[2, [86, 180, 233, 110]],
	[8, [40, 110, 230, 140]],
	[16, [30, 50, 200, 160]],
	[30, [190, 40, 200, 175]],
	[50, [130, 10, 80, 190]],
];

export function rainFieldLayer(field: FieldShape) {
	const { width, height, mm } = field;
	const data = new Uint8ClampedArray(width * height * 4);
	for (let i = 0; i < mm.length; i++) {
		const step = RAIN_STEPS.findLast(([from]) => mm[i]! >= from);
		if (step) data.set(step[1], i * 4);
	}
	return new BitmapLayer({
		id: `flood-rain-${field.id}`,
		image: new ImageData(data, width, height),
		bounds: field.bounds,
		textureParameters: { minFilter: 'nearest', magFilter: 'nearest' },
	});
}

/** Colours of rain, for the legend. */
export const RAIN_COLOURS = RAIN_STEPS.map(([from, [r, g, b]]) => ({ from, colour: `rgb(${r} ${g} ${b})` }));

export function stationLayers(stations: readonly StationShape[], hasRoom: boolean, palette: MapPalette, scale: number) {
	return [
		new ScatterplotLayer<StationShape>({
			id: 'flood-station',
			data: stations,
			getPosition: ({ at }) => at,
			getRadius: 6 * scale,
			radiusUnits: 'pixels',
			getFillColor: ({ level }) => [...palette.levelBytes[level], 255],
			getLineColor: [...palette.groundBytes, 255],
			getLineWidth: 2,
			lineWidthUnits: 'pixels',
			stroked: true,
			updateTriggers: { getFillColor: palette, getLineColor: palette },
		}),
		new TextLayer<StationShape>({
			...textStyle(palette),
			id: 'flood-station-value',
			data: hasRoom ? stations : stations.filter(({ level }) => level === 'warning' || level === 'danger'),
			getPosition: ({ at }) => at,
			getPixelOffset: [0, 16 * scale],
			getText: ({ label }) => label,
			getSize: 13 * scale,
			getColor: [...palette.text, 255],
			updateTriggers: { getColor: palette },
		}),
	];
}

const STEP_LEVEL: Record<NoticeStep, 'danger' | 'warning' | 'notice' | 'normal' | 'unknown' | 'off'> = {
	moving: 'danger',
	late: 'danger',
	overdue: 'warning',
	sent: 'notice',
	seen: 'notice',
	stopped: 'normal',
	checked: 'normal',
	ended: 'off',
};

export function measureStateLayers(
	sites: readonly MeasureShape[],
	hasRoom: boolean,
	palette: MapPalette,
	scale: number,
) {
	const hasClock = sites.filter(({ clock, step }) => clock !== '' && (hasRoom || step === 'overdue'));
	return [
		new ScatterplotLayer<MeasureShape>({
			id: 'flood-measure',
			data: sites,
			getPosition: ({ at }) => at,
			getRadius: ({ step }) => (step === 'moving' || step === 'late' || step === 'overdue' ? 11 : 8) * scale,
			radiusUnits: 'pixels',
			filled: true,
			stroked: true,
			getFillColor: ({ step }) => [
				...palette.levelBytes[STEP_LEVEL[step]],
				step === 'sent' || step === 'seen' ? 60 : 200,
			],
			getLineColor: ({ step }) => [...palette.levelBytes[STEP_LEVEL[step]], 255],
			getLineWidth: 2.5,
			lineWidthUnits: 'pixels',
			updateTriggers: { getFillColor: palette, getLineColor: palette },
		}),
		new TextLayer<MeasureShape>({
			...textStyle(palette),
			id: 'flood-clock',
			data: hasClock,
			getPosition: ({ at }) => at,
			getPixelOffset: [0, -20 * scale],
			getText: ({ clock }) => clock,
			getSize: 12 * scale,
			getColor: ({ step }) => (step === 'overdue' ? [...palette.levelBytes.warning, 255] : [...palette.text, 255]),
			updateTriggers: { getColor: palette },
		}),
	];
}

const HATCH = new FillStyleExtension({ proceduralPattern: true });
const PATTERNS = { few: { type: 'hatch', angle: 45, strokeWidth: 1.5, gap: 6 } } as const;

export function exposureLayers(
	cells: readonly CellShape[],
	sites: readonly ExposureShape[],
	toBase: (at: At) => At,
	palette: MapPalette,
	scale: number,
) {
	const ring = ({ cell }: CellShape) => cellToBoundary(cell, true).map((at) => toBase(at as At));
	const judged = cells.filter(({ band }) => band !== 'insufficient');
	return [
		new SolidPolygonLayer<CellShape>({
			id: 'flood-cell',
			data: judged,
			getPolygon: ring,
			getFillColor: ({ band }) => [...palette.riskBytes[band], 80],
			updateTriggers: { getFillColor: palette },
		}),
		new SolidPolygonLayer<CellShape>({
			id: 'flood-cell-few',
			data: cells.filter(({ band }) => band === 'insufficient'),
			getPolygon: ring,
			getFillColor: [...palette.riskBytes.insufficient, 110],
			extensions: [HATCH],
			...{ fillPatternMapping: PATTERNS, fillPatternSizeUnits: 'pixels', getFillPattern: () => 'few' },
		}),
		new PathLayer<CellShape>({
			id: 'flood-cell-line',
			data: cells,
			getPath: ring,
			getColor: ({ band }) => [...palette.riskBytes[band], 160],
			getWidth: 1,
			widthUnits: 'pixels',
			updateTriggers: { getColor: palette },
		}),
		new ScatterplotLayer<ExposureShape>({
			id: 'flood-exposure',
			data: sites,
			getPosition: ({ at }) => at,
			getRadius: ({ band }) => (band === 'red' ? 8 : band === 'orange' ? 7 : 5) * scale,
			radiusUnits: 'pixels',
			filled: true,
			stroked: true,
			getFillColor: ({ band, isUncertain }) => [...palette.riskBytes[band], isUncertain ? 90 : 235],
			getLineColor: ({ band }) => [...palette.riskBytes[band], 255],
			getLineWidth: 1.5,
			lineWidthUnits: 'pixels',
			updateTriggers: { getFillColor: palette, getLineColor: palette },
		}),
	];
}

export function sensitiveLayer(objects: readonly ObjectShape[], palette: MapPalette, scale: number) {
	return new TextLayer<ObjectShape>({
		...textStyle(palette),
		id: 'flood-objects',
		data: objects,
		getPosition: ({ at }) => at,
		getPixelOffset: ({ offset }) => [offset[0] * scale, offset[1] * scale],
		getText: ({ sign }) => sign,
		getSize: 13 * scale,
		getColor: [...palette.accent, 255],
		background: true,
		getBackgroundColor: [...palette.groundBytes, 220],
		getBorderColor: [...palette.accent, 220],
		getBorderWidth: 1,
		backgroundPadding: [3, 1],
		updateTriggers: { getColor: palette },
	});
}
