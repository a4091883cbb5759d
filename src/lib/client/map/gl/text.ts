// How text on the map is set: one face, drawn from distances so that it stays crisp, with a halo in the ground's colour.

import type { TextLayerProps } from '@deck.gl/layers';
import type { MapPalette } from '../map-palette.ts';

export const MAP_FONT = '"Noto Sans SC Variable", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
export const MAP_FONT_WEIGHT = 600;

export function textStyle(palette: MapPalette) {
	return {
		fontFamily: MAP_FONT,
		fontWeight: MAP_FONT_WEIGHT,
		fontSettings: { sdf: true, fontSize: 32, buffer: 6, radius: 9, cutoff: 0.22, smoothing: 0.12 },
		characterSet: 'auto',
		outlineColor: [...palette.groundBytes, 235],
		outlineWidth: 3,
		getTextAnchor: 'middle',
		getAlignmentBaseline: 'center',
		pickable: false,
	} as const satisfies Partial<TextLayerProps>;
}

/** Loads what the texts need of the face before they are drawn once and for all into deck.gl's atlas. */
export async function loadMapFont(texts: Iterable<string>): Promise<void> {
	const letters = [...new Set([...texts].join(''))].join('');
	if (!letters) return;
	// A face that cannot be loaded is no reason to show no text: the next one in the list is taken.
	await document.fonts.load(`${MAP_FONT_WEIGHT} 32px ${MAP_FONT}`, letters).catch(() => []);
}
