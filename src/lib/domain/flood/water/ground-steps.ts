// The terrain in whole steps of height, with a margin around it.

import { checkTerrain, STEPS_PER_M, type Terrain } from './terrain.ts';

export interface GroundSteps {
	/** Numbers from one row to the next: one column of margin on either side, one row above and below. */
	stride: number;
	/** Height of each place in steps above `lowest`; -1 outside and where nothing is known: there the water leaves. */
	steps: Int32Array;
	/** Height of step 0, in steps above the datum. */
	lowest: number;
	/** Steps to the eight neighbours of a place, the straight ones first. */
	neighbours: Int32Array;
}

/** @throws RangeError when the terrain is not one */
export function groundSteps(terrain: Terrain): GroundSteps {
	checkTerrain(terrain);
	const { width, height, groundM } = terrain;
	const stride = width + 2;
	const steps = new Int32Array(stride * (height + 2)).fill(-1);
	let lowest = Infinity;
	for (let i = 0; i < groundM.length; i++) if (groundM[i]! < lowest) lowest = groundM[i]!;
	const base = lowest === Infinity ? 0 : Math.round(lowest * STEPS_PER_M);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			const metres = groundM[y * width + x]!;
			if (metres === metres) steps[(y + 1) * stride + x + 1] = Math.round(metres * STEPS_PER_M) - base;
		}
	const neighbours = Int32Array.of(-1, 1, -stride, stride, -stride - 1, -stride + 1, stride - 1, stride + 1);
	return { stride, steps, lowest: base, neighbours };
}
