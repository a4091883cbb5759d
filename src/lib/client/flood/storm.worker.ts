// Runs the water over a terrain away from the page's own thread, and says how far it is.

import { stormOver, type PitCells, type PitFlood, type StormOptions } from '#lib/domain/flood/water/pit-flood.ts';
import type { Terrain } from '#lib/domain/flood/water/terrain.ts';

export interface StormOrder {
	terrain: Terrain;
	pits: PitCells[];
	options: StormOptions;
}
export type StormSaid =
	| { kind: 'progress'; share: number; pits: PitFlood[] }
	| {
			kind: 'done';
			pits: PitFlood[];
			balance: ReturnType<ReturnType<typeof stormOver>['balance']>;
			depthM: Float32Array;
	  };

/** Steps between two words of progress. */
const PORTION = 40;

addEventListener('message', ({ data: { terrain, pits, options } }: MessageEvent<StormOrder>) => {
	const run = stormOver(terrain, pits, options);
	for (let share = 0; share < 1;) {
		share = run.go(PORTION);
		say({ kind: 'progress', share, pits: run.pits() });
	}
	const depthM = run.depthM();
	say({ kind: 'done', pits: run.pits(), balance: run.balance(), depthM }, [depthM.buffer as ArrayBuffer]);
});

function say(what: StormSaid, transfer: Transferable[] = []): void {
	postMessage(what, { transfer });
}
