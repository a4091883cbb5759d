// Names beside the symbols; which of them find room is decided elsewhere.

import { TextLayer } from '@deck.gl/layers';
import { textStyle } from '../gl/text.ts';
import type { MapPalette } from '../map-palette.ts';

export interface MapLabel {
	text: string;
	at: [number, number];
	sizePx: number;
	/** To the right and downwards from the place, to the middle of the text, or to its start. */
	offsetPx: [number, number];
	anchor: 'middle' | 'start';
	/** Drawn in the strongest ink: selected, or in trouble. */
	isStrong: boolean;
}

export function labelLayer(labels: readonly MapLabel[], palette: MapPalette) {
	return new TextLayer<MapLabel>({
		...textStyle(palette),
		id: 'label',
		data: labels,
		getPosition: ({ at }) => at,
		getText: ({ text }) => text,
		getSize: ({ sizePx }) => sizePx,
		getColor: ({ isStrong }) => [...(isStrong ? palette.text : palette.muted), 255],
		getPixelOffset: ({ offsetPx }) => offsetPx,
		getTextAnchor: ({ anchor }) => anchor,
	});
}
