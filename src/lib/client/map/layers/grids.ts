// Management grids: irregular areas with an owner and a deputy, drawn as broken lines.

import { PathStyleExtension } from '@deck.gl/extensions';
import { PathLayer, SolidPolygonLayer, TextLayer } from '@deck.gl/layers';
import type { GridProperties } from '#lib/contract/board.ts';
import { middleOf, type Outline } from '../board-shapes.ts';
import { textStyle } from '../gl/text.ts';
import type { MapPalette } from '../map-palette.ts';

const DASHES = new PathStyleExtension({ dash: true, highPrecisionDash: false });

export function gridLayers(outlines: readonly Outline<GridProperties>[], hasNames: boolean, palette: MapPalette) {
	return [
		new SolidPolygonLayer<Outline<GridProperties>>({
			id: 'grid-ground',
			data: outlines,
			getPolygon: ({ polygon }) => polygon,
			getFillColor: [...palette.accent, 10],
			pickable: true,
		}),
		new PathLayer<Outline<GridProperties>>({
			id: 'grid-line',
			data: outlines,
			getPath: ({ polygon }) => polygon[0]!,
			getColor: [...palette.accent, 150],
			getWidth: 1.2,
			widthUnits: 'pixels',
			extensions: [DASHES],
			...{ getDashArray: [3, 3] },
		}),
		new TextLayer<Outline<GridProperties>>({
			...textStyle(palette),
			id: 'grid-name',
			data: hasNames ? outlines : [],
			getPosition: ({ polygon }) => middleOf(polygon[0]!),
			getText: ({ properties: { name, ownerName } }) => (ownerName ? `${name}\n${ownerName}` : name),
			getSize: 12,
			getColor: [...palette.accent, 230],
		}),
	];
}
