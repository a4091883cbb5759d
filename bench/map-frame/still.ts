// A frame in which nothing is new: what the page, the browser and deck.gl cost by themselves.

import { ScatterplotLayer } from '@deck.gl/layers';
import type { PictureColumns } from '#lib/domain/picture/columns.ts';
import type { Draw, Way } from './way.ts';

export function stillFrames(picture: PictureColumns, draw: Draw): Way {
	const getPosition = { value: Float32Array.from(picture.positions), size: 2 };
	const data = { length: picture.count, attributes: { getPosition } };
	// The least that makes deck.gl draw again: another opacity.
	let opacity = 1;
	const show = () =>
		draw([new ScatterplotLayer({ id: 'still', data, opacity, radiusUnits: 'pixels', getRadius: 3.4 })]);
	show();
	return {
		update() {
			opacity = 1.5 - opacity;
			show();
		},
		close: () => {},
	};
}
