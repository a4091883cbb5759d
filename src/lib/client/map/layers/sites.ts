// Construction sites: red lines tinted by stage, and a symbol that says stage (character), state and level (shape).

import { PathStyleExtension } from '@deck.gl/extensions';
import { PathLayer, SolidPolygonLayer, TextLayer } from '@deck.gl/layers';
import type { SiteProperties } from '#lib/contract/board.ts';
import type { Level } from '#lib/domain/level.ts';
import type { Outline, Place } from '../board-shapes.ts';
import { MarkLayer } from '../gl/mark-layer.ts';
import { textStyle } from '../gl/text.ts';
import type { MapPalette } from '../map-palette.ts';
import type { MarkTable } from '../mark-table.ts';

type Rgba = [number, number, number, number];

/** Lines of a site on which work does not go on are broken. */
const DASHES = new PathStyleExtension({ dash: true, highPrecisionDash: false });

/** @param levels - another object when a level changed: colours are recalculated then, outlines are not */
export function redLineLayers(
	outlines: readonly Outline<SiteProperties>[],
	levelOf: (no: number) => Level,
	levels: object,
	palette: MapPalette,
) {
	const isTrouble = (level: Level) => level === 'danger' || level === 'warning' || level === 'notice';
	const fill = ({ properties: { no, stage } }: Outline<SiteProperties>): Rgba => {
		const level = levelOf(no);
		if (isTrouble(level)) return [...palette.levelBytes[level], 46];
		return [...(palette.stage[stage ?? ''] ?? palette.muted), palette.name === 'dark' ? 44 : 56];
	};
	const line = ({ properties: { no, state } }: Outline<SiteProperties>): Rgba => {
		const level = levelOf(no);
		if (isTrouble(level)) return [...palette.levelBytes[level], 255];
		return [...palette.muted, state === 'active' ? 210 : 150];
	};
	return [
		new SolidPolygonLayer<Outline<SiteProperties>>({
			id: 'site-ground',
			data: outlines,
			getPolygon: ({ polygon }) => polygon,
			getFillColor: fill,
			pickable: true,
			updateTriggers: { getFillColor: [levels, palette] },
		}),
		new PathLayer<Outline<SiteProperties>>({
			id: 'site-line',
			data: outlines,
			getPath: ({ polygon }) => polygon[0]!,
			getColor: line,
			getWidth: ({ properties: { no } }) => (isTrouble(levelOf(no)) ? 2.4 : 1.4),
			widthUnits: 'pixels',
			jointRounded: true,
			extensions: [DASHES],
			updateTriggers: { getColor: [levels, palette], getWidth: levels },
			...{
				getDashArray: ({ properties: { state } }: Outline<SiteProperties>) => (state === 'active' ? [0, 0] : [6, 4]),
			},
		}),
	];
}

export function siteMarkLayers(
	table: MarkTable,
	sites: readonly Place<SiteProperties>[],
	signOf: (site: SiteProperties) => string,
	levelOf: (no: number) => Level,
	levels: object,
	palette: MapPalette,
	radiusPx: number,
) {
	return [
		new MarkLayer({ id: 'site-mark', data: table.data, palette, radiusPx, pickable: true }),
		new TextLayer<Place<SiteProperties>>({
			...textStyle(palette),
			id: 'site-sign',
			data: sites,
			getPosition: ({ at }) => at,
			getText: ({ properties }) => signOf(properties),
			getSize: radiusPx * 1.15,
			outlineWidth: 0,
			getColor: ({ properties: { no } }): Rgba => {
				const level = levelOf(no);
				const isFilled = level === 'danger' || level === 'warning' || level === 'notice';
				return [...(isFilled ? palette.groundBytes : palette.text), 255];
			},
			getPixelOffset: ({ properties: { no } }) => [0, levelOf(no) === 'warning' ? radiusPx * 0.18 : 0],
			updateTriggers: { getText: signOf, getColor: [levels, palette], getPixelOffset: [levels, radiusPx] },
		}),
	];
}
