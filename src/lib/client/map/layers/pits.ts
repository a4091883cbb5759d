// Deep pits: outline and fill by state, hatched while nothing is known, the depth as text.

import { FillStyleExtension } from '@deck.gl/extensions';
import { PathLayer, SolidPolygonLayer, TextLayer } from '@deck.gl/layers';
import type { PitProperties } from '#lib/contract/board.ts';
import type { Level } from '#lib/domain/level.ts';
import type { Outline, Place } from '../board-shapes.ts';
import { MarkLayer } from '../gl/mark-layer.ts';
import { textStyle } from '../gl/text.ts';
import type { MapPalette } from '../map-palette.ts';
import type { MarkTable } from '../mark-table.ts';
import type { ZoomBand } from '../zoom-band.ts';

const HATCH = new FillStyleExtension({ proceduralPattern: true });
const PATTERNS = { unknown: { type: 'hatch', angle: 45, strokeWidth: 2, gap: 5 } } as const;
const FILL: Record<Level, number> = { unknown: 150, off: 24, normal: 60, notice: 90, warning: 110, danger: 130 };

/** @param levels - another object when a level changed */
export function pitOutlineLayers(
	outlines: readonly Outline<PitProperties>[],
	levelOf: (no: number) => Level,
	levels: object,
	palette: MapPalette,
) {
	const colour = (no: number, alpha: number): [number, number, number, number] => {
		return [...palette.levelBytes[levelOf(no)], alpha];
	};
	const isUnknown = ({ properties: { no } }: Outline<PitProperties>) => levelOf(no) === 'unknown';
	const fill = {
		getPolygon: ({ polygon }: Outline<PitProperties>) => polygon,
		getFillColor: ({ properties: { no } }: Outline<PitProperties>) => colour(no, FILL[levelOf(no)]),
		pickable: true,
	};
	return [
		new SolidPolygonLayer({ ...fill, id: 'pit-ground', data: outlines.filter((outline) => !isUnknown(outline)) }),
		new SolidPolygonLayer({
			...fill,
			id: 'pit-unknown',
			data: outlines.filter(isUnknown),
			extensions: [HATCH],
			...{ fillPatternMapping: PATTERNS, fillPatternSizeUnits: 'pixels', getFillPattern: () => 'unknown' },
		}),
		new PathLayer<Outline<PitProperties>>({
			id: 'pit-line',
			data: outlines,
			getPath: ({ polygon }) => polygon[0]!,
			getColor: ({ properties: { no } }) => colour(no, 255),
			// Grade I pits have the strongest line.
			getWidth: ({ properties: { grade } }) => ({ I: 2.6, II: 2, III: 1.4 })[grade ?? 'III'],
			widthUnits: 'pixels',
			jointRounded: true,
			updateTriggers: { getColor: [levels, palette] },
		}),
	];
}

export function pitDepthLayer(
	places: readonly Place<PitProperties>[],
	textOf: (pit: PitProperties) => string,
	palette: MapPalette,
) {
	return new TextLayer<Place<PitProperties>>({
		...textStyle(palette),
		id: 'pit-depth',
		data: places,
		getPosition: ({ at }) => at,
		getText: ({ properties }) => textOf(properties),
		getSize: 13,
		getColor: [...palette.text, 255],
		updateTriggers: { getText: textOf },
	});
}

export function pitMarkLayer(table: MarkTable, band: ZoomBand, palette: MapPalette) {
	return new MarkLayer({
		id: 'pit-mark',
		data: table.data,
		palette,
		radiusPx: band === 'near' ? 7 : 3.6,
		hasSign: band === 'near',
		calm: 0.85,
		pickable: true,
	});
}
