// Ours: bytes from the server through the worker into the live board, and from there through the product's own
// conductor into its layers, as in the product.

import { startDecoder } from '#lib/client/live/decoder.ts';
import { LiveBoard } from '#lib/client/live.svelte.ts';
import { Conductor } from '#lib/client/map/conductor.ts';
import { paletteOf } from '#lib/client/map/map-palette.ts';
import { DEFAULT_LAYERS, NO_FILTERS } from '#lib/client/view-url.ts';
import type { Change } from './changes.ts';
import type { Draw, Way } from './way.ts';

const palette = paletteOf('dark', () => '');
const words = { siteSign: () => '', pitDepth: () => '', insufficient: '', hotWorkSign: '' };
const view = { layers: new Set(DEFAULT_LAYERS), filters: NO_FILTERS, selection: null, risk: 'perSite' as const };

export function ourMap(picture: Uint8Array, zoom: number, draw: Draw): Way {
	const live = new LiveBoard({
		board: () => Promise.resolve(null),
		standingAlarms: () => Promise.resolve([]),
		hotWork: () => Promise.resolve([]),
	});
	const decoder = startDecoder(
		(decoded) => live.takePicture(decoded),
		() => {
			throw new Error('The worker that reads pictures failed.');
		},
	);
	let arranged = $state(0);
	const conductor = new Conductor(() => (arranged += 1));
	const stop = $effect.root(() => {
		$effect(() => {
			void [live.columns, arranged];
			draw(
				conductor.compose({
					...{
						live,
						view,
						hovered: null,
						zoom,
						lit: true,
						labels: [],
						measure: null,
						sketch: [],
						preview: null,
						flood: null,
					},
					...{ palette, datum: 'wgs84', scale: 1, words, isStill: false, hasDonuts: true },
				}),
			);
		});
	});
	decoder.decode({ kind: 'picture', bytes: picture.buffer as ArrayBuffer });
	const ticker = setInterval(() => live.tick({ wallMs: Date.now(), monotonicMs: performance.now() }), 1000);
	return {
		update: ({ bytes }: Change) => decoder.decode({ kind: 'state', bytes: bytes.slice().buffer as ArrayBuffer }),
		close() {
			clearInterval(ticker);
			decoder.close();
			stop();
		},
	};
}
