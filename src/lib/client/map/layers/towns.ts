// Towns and sub-districts: borders, and a veil over those that the filter leaves out.

import { PathLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { TownProperties } from '#lib/contract/board.ts';
import type { Outline } from '../board-shapes.ts';
import type { MapPalette } from '../map-palette.ts';

/**
 * @param chosen - codes the filter names; empty means all
 * @param isPickable - near, a click beside everything means nothing, not the town
 */
export function townLayers(
	outlines: readonly Outline<TownProperties>[],
	chosen: readonly string[],
	isPickable: boolean,
	palette: MapPalette,
) {
	const isOut = ({ properties: { code } }: Outline<TownProperties>) => chosen.length > 0 && !chosen.includes(code);
	return [
		new SolidPolygonLayer<Outline<TownProperties>>({
			id: 'town-ground',
			data: outlines,
			getPolygon: ({ polygon }) => polygon,
			getFillColor: (outline) => [...palette.groundBytes, isOut(outline) ? 150 : 0],
			pickable: isPickable,
			updateTriggers: { getFillColor: [chosen, palette] },
		}),
		new PathLayer<Outline<TownProperties>>({
			id: 'town-line',
			data: outlines,
			getPath: ({ polygon }) => polygon[0]!,
			getColor: (outline) => [...palette.accent, isOut(outline) ? 24 : chosen.length ? 230 : 60],
			getWidth: (outline) => (chosen.length && !isOut(outline) ? 2 : 1),
			widthUnits: 'pixels',
			jointRounded: true,
			updateTriggers: { getColor: [chosen, palette], getWidth: chosen },
		}),
	];
}
