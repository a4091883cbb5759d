// What a storm does to the pits on a terrain: which is reached by standing water first, and by running water when and
// how deep. Two answers side by side: the first from the hollows of the ground, the second from the moving sheet.

import { fillByRain } from './filling.ts';
import { depressionHierarchy } from './hierarchy.ts';
import type { Terrain } from './terrain.ts';
import { WaterSheet } from './water-sheet.ts';

export interface PitCells {
	no: number;
	/** Cells of the pit, as `y · width + x`. */
	cells: readonly number[];
}

export interface PitFlood {
	no: number;
	/** Hour at which standing water has found the pit, all rain running off at once; Infinity: not within the time. */
	fillsAtH: number;
	/** Hour at which the moving sheet is `wetM` deep at it; Infinity: not within the time. */
	arrivesAtH: number;
	/** Greatest depth the sheet had at it, metres. */
	deepestM: number;
}

export interface StormOptions {
	rainMmH: number;
	hours: number;
	manning: number;
	wetM: number;
}

export interface StormRun {
	/** One portion of the sheet's steps. @returns simulated share of the time, 1 at the end */
	go(steps: number): number;
	pits(): PitFlood[];
	/** Depth per cell, metres. */
	depthM(): Float32Array;
	balance(): { rainM3: number; outflowM3: number; storedM3: number; error: number; steps: number };
}

/** @throws RangeError when the terrain is not one */
export function stormOver(terrain: Terrain, pits: readonly PitCells[], options: StormOptions): StormRun {
	const { rainMmH, hours, manning, wetM } = options;
	const filling = fillByRain(
		depressionHierarchy(terrain),
		rainMmH,
		hours,
		pits.flatMap(({ cells }) => cells),
	);
	const sheet = new WaterSheet(terrain, { manning, edge: 'open' });
	const endS = hours * 3600;
	const { width } = terrain;
	const found = pits.map(({ no, cells }) => ({
		no,
		places: Int32Array.from(cells, (cell) => sheet.origin + Math.floor(cell / width) * sheet.stride + (cell % width)),
		fillsAtH: Math.min(Infinity, ...cells.map((cell) => filling.wetAtH.get(cell) ?? Infinity)),
		arrivesAtH: Infinity,
		deepestM: 0,
	}));
	const look = () => {
		for (const pit of found) {
			for (const place of pit.places) pit.deepestM = Math.max(pit.deepestM, sheet.depthM[place]!);
			if (pit.arrivesAtH === Infinity && pit.deepestM >= wetM) pit.arrivesAtH = sheet.timeS / 3600;
		}
	};
	return {
		go(steps) {
			for (let i = 0; i < steps && sheet.timeS < endS - 1e-6; i++) {
				sheet.step(Math.min(sheet.stableStepS(), endS - sheet.timeS), rainMmH);
				look();
			}
			return Math.min(1, sheet.timeS / endS + 1e-9);
		},
		pits: () =>
			found
				.map(({ places: _, ...pit }) => pit)
				.sort(
					(a, b) => a.fillsAtH - b.fillsAtH || a.arrivesAtH - b.arrivesAtH || b.deepestM - a.deepestM || a.no - b.no,
				),
		depthM() {
			const depth = new Float32Array(width * terrain.height);
			for (let y = 0; y < terrain.height; y++)
				for (let x = 0; x < width; x++)
					depth[y * width + x] = Number.isNaN(terrain.groundM[y * width + x]!) ? NaN : sheet.at(x, y);
			return depth;
		},
		balance: () => ({
			rainM3: sheet.rainM3,
			outflowM3: sheet.outflowM3,
			storedM3: sheet.storedM3(),
			error: sheet.massError(),
			steps: sheet.steps,
		}),
	};
}
