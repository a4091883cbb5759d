// The peer: one bare deck.gl layer with binary attributes, changed in place and handed over again. Nobody can do less
// with deck.gl's own layers.

import { ScatterplotLayer } from '@deck.gl/layers';
import { LEVELS } from '#lib/domain/level.ts';
import type { PictureColumns } from '#lib/domain/picture/columns.ts';
import { LEVEL_COLOURS } from '#lib/client/ui/palette.ts';
import type { Change } from './changes.ts';
import type { Draw, Way } from './way.ts';

const COLOURS = LEVELS.map((level) => [...LEVEL_COLOURS.dark[level], 255]);

export function bareLayer(picture: PictureColumns, draw: Draw): Way {
	const positions = Float32Array.from(picture.positions);
	const colours = new Uint8Array(picture.count * 4);
	for (let row = 0; row < picture.count; row++) colours.set(COLOURS[picture.level[row]!]!, row * 4);
	let getPosition = { value: positions, size: 2 };
	let getFillColor = { value: colours, size: 4, normalized: true };
	const show = () =>
		draw([
			new ScatterplotLayer({
				id: 'bare',
				data: { length: picture.count, attributes: { getPosition, getFillColor } },
				getRadius: 3.4,
				radiusUnits: 'pixels',
				billboard: true,
				pickable: true,
			}),
		]);
	show();
	return {
		update({ delta }: Change) {
			const hasMoved = delta.positions.length > 0;
			for (let i = 0; i < delta.count; i++) {
				const row = delta.no[i]! - 1;
				colours.set(COLOURS[delta.level[i]!]!, row * 4);
				if (!hasMoved) continue;
				positions[row * 2] = delta.positions[i * 2]!;
				positions[row * 2 + 1] = delta.positions[i * 2 + 1]!;
			}
			getFillColor = { ...getFillColor };
			if (hasMoved) getPosition = { ...getPosition };
			show();
		},
		close: () => {},
	};
}
