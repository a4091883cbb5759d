// Welding machines that work: a dot on the place and a tag above it. Filled while the machine says so; hollow with a
// question mark once it fell silent, because nobody knows then. Never a colour of calm.

import { ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import { textStyle } from '../gl/text.ts';
import type { MapPalette } from '../map-palette.ts';

export interface PlacedHotWork {
	deviceId: string;
	/** Number of its site; null when the register does not know it. */
	siteNo: number | null;
	/** On the datum of the base map. */
	at: [number, number];
	isKnown: boolean;
}

/** @param sign - one character; @param hasTags - there is room for them */
export function hotWorkLayers(
	works: readonly PlacedHotWork[],
	sign: string,
	hasTags: boolean,
	scale: number,
	palette: MapPalette,
) {
	const colour = ({ isKnown }: PlacedHotWork) => (isKnown ? palette.accent : palette.levelBytes.unknown);
	return [
		new ScatterplotLayer<PlacedHotWork>({
			id: 'hot-work',
			data: works,
			getPosition: ({ at }) => at,
			getRadius: 4.5 * scale,
			radiusUnits: 'pixels',
			stroked: true,
			filled: true,
			billboard: true,
			getFillColor: (work) => [...colour(work), work.isKnown ? 255 : 0],
			getLineColor: (work) => [...(work.isKnown ? palette.groundBytes : colour(work)), 255],
			getLineWidth: 1.5,
			lineWidthUnits: 'pixels',
			pickable: true,
			updateTriggers: { getFillColor: palette, getLineColor: palette },
		}),
		new TextLayer<PlacedHotWork>({
			...textStyle(palette),
			id: 'hot-work-tag',
			data: hasTags ? works : [],
			getPosition: ({ at }) => at,
			getPixelOffset: [0, -17 * scale],
			getText: ({ isKnown }) => (isKnown ? sign : `${sign}?`),
			getSize: 13 * scale,
			outlineWidth: 0,
			getColor: (work) => [...(work.isKnown ? palette.groundBytes : colour(work)), 255],
			background: true,
			getBackgroundColor: (work) => (work.isKnown ? [...colour(work), 255] : [...palette.groundBytes, 235]),
			getBorderColor: (work) => [...colour(work), 255],
			getBorderWidth: 1.5,
			backgroundPadding: [4, 2],
			pickable: true,
			updateTriggers: {
				getText: sign,
				getColor: palette,
				getBackgroundColor: palette,
				getBorderColor: palette,
			},
		}),
	];
}
