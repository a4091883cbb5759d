// Construction sites: red lines tinted by stage, and a symbol that says stage (character), state and level (shape).

import { PathStyleExtension } from '@deck.gl/extensions';
import { PathLayer, SolidPolygonLayer, TextLayer } from '@deck.gl/layers';
import type { SiteProperties } from '#lib/contract/board.ts';
import type { Level } from '#lib/domain/level.ts';
import type { Outline, SitePlace } from '../board-shapes.ts';
import { MarkLayer } from '../gl/mark-layer.ts';
import { textStyle } from '../gl/text.ts';
import type { MapPalette } from '../map-palette.ts';
import type { MarkData } from '../mark-table.ts';

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

export interface SiteLook {
	levelOf: (no: number) => Level;
	/** Another object when a level changed. */
	levels: object;
	palette: MapPalette;
	radiusPx: number;
	/** Near, the symbol stands above the outline, so that it covers nothing inside. */
	isAbove: boolean;
	/** One character. */
	signOf: (site: SiteProperties) => string;
}

/** @param data - of the table, with the positions at which the symbols stand */
export function siteMarkLayers(data: MarkData, sites: readonly SitePlace[], look: SiteLook) {
	const { levelOf, levels, palette, radiusPx, isAbove, signOf } = look;
	const liftPx = isAbove ? radiusPx * 1.25 : 0;
	return [
		new MarkLayer({ id: 'site-mark', data, palette, radiusPx, getOffset: [0, liftPx], pickable: true }),
		new TextLayer<SitePlace>({
			...textStyle(palette),
			id: 'site-sign',
			data: sites,
			getPosition: ({ at, crown }) => (isAbove ? crown : at),
			getText: ({ properties }) => signOf(properties),
			getSize: radiusPx * 1.3,
			outlineWidth: 0,
			getColor: ({ properties: { no } }): Rgba => {
				const level = levelOf(no);
				const isFilled = level === 'danger' || level === 'warning' || level === 'notice';
				return [...(isFilled ? palette.groundBytes : palette.text), 255];
			},
			getPixelOffset: ({ properties: { no } }) => {
				return [0, (levelOf(no) === 'warning' ? radiusPx * 0.18 : 0) - liftPx - radiusPx * 0.05];
			},
			updateTriggers: {
				getPosition: isAbove,
				getText: signOf,
				getColor: [levels, palette],
				getPixelOffset: [levels, radiusPx],
			},
		}),
	];
}
