// Hollows of a terrain and how they overflow into one another: the depression hierarchy of Barnes, Callaghan, Wickert
// (Earth Surface Dynamics 8, 2020). Saddles are taken from low to high; where one joins two hollows, both become
// children of a greater one; where it leads outside, the hollow overflows there for good.

import { groundSteps, type GroundSteps } from './ground-steps.ts';
import { OUTSIDE, runoff, type Runoff } from './runoff.ts';
import { saddles } from './saddles.ts';
import { STEPS_PER_M, type Terrain } from './terrain.ts';

/** No hollow. */
export const NONE = -1;

/** Hollows by number: 0 is the outside, then those with one lowest place (leaves), then the greater ones. */
export interface Hollows {
	count: number;
	/** Numbers below are leaves (and the outside). */
	leaves: number;
	/** The greater hollow it is part of once it is full; NONE for those that overflow to the outside. */
	parent: Int32Array;
	/** The one it shares its saddle with; NONE for those that overflow to the outside. */
	sibling: Int32Array;
	/** Place of `ground` behind the saddle: there the overflow runs on. */
	spillsTo: Int32Array;
	/** Place on this side of the saddle. */
	spillsFrom: Int32Array;
	/** Height of the saddle, metres. */
	saddleM: Float64Array;
	/** Water it holds up to the saddle, cubic metres, its children's included. */
	holdsM3: Float64Array;
	/** Ground whose rain runs to it, square metres; leaves and the outside only. */
	catchmentM2: Float64Array;
}

export interface Hierarchy {
	terrain: Terrain;
	ground: GroundSteps;
	runoff: Runoff;
	hollows: Hollows;
	/** By place: the least hollow of which it is under water when that is full; OUTSIDE when standing water never comes. */
	coveredBy: Int32Array;
	/** By hollow: places covered by its parts and not by itself alone, and the sum of their heights in steps. */
	partPlaces: Float64Array;
	partSteps: Float64Array;
}

export function depressionHierarchy(terrain: Terrain): Hierarchy {
	const ground = groundSteps(terrain);
	const run = runoff(ground);
	const tree = join(run.bottoms.length, saddles(ground, run));
	const { count, parent, saddle } = tree;
	const area = terrain.cellM ** 2;
	const { coveredBy, places, heights } = cover(ground.steps, run.label, tree);

	const catchmentM2 = new Float64Array(count);
	for (let leaf = 0; leaf < tree.leaves; leaf++) catchmentM2[leaf] = run.catchment[leaf]! * area;
	const partPlaces = new Float64Array(count);
	const partSteps = new Float64Array(count);
	const holdsM3 = new Float64Array(count);
	for (let hollow = 1; hollow < count; hollow++) {
		const under = partPlaces[hollow]! + places[hollow]!;
		const sum = partSteps[hollow]! + heights[hollow]!;
		holdsM3[hollow] = ((under * saddle[hollow]! - sum) / STEPS_PER_M) * area;
		const up = parent[hollow]!;
		if (up < 0) continue;
		partPlaces[up]! += under;
		partSteps[up]! += sum;
	}
	const { sibling, spillsTo, spillsFrom, leaves } = tree;
	const saddleM = Float64Array.from(saddle, (step) => (step + ground.lowest) / STEPS_PER_M);
	const hollows = { count, leaves, parent, sibling, spillsTo, spillsFrom, saddleM, holdsM3, catchmentM2 };
	return { terrain, ground, runoff: run, hollows, coveredBy, partPlaces, partSteps };
}

/** Which hollow covers each place by itself; how many places that are for a hollow, and the sum of their heights. */
function cover(steps: Int32Array, label: Int32Array, { count, parent, saddle }: Tree) {
	const highest = Int32Array.from(saddle);
	for (let hollow = count - 1; hollow > 0; hollow--)
		if (parent[hollow]! >= 0) highest[hollow] = highest[parent[hollow]!]!;
	const coveredBy = new Int32Array(steps.length);
	const places = new Int32Array(count);
	const heights = new Float64Array(count);
	for (let at = 0; at < steps.length; at++) {
		let hollow = label[at]!;
		const height = steps[at]!;
		if (hollow <= OUTSIDE || highest[hollow]! < height) continue;
		while (saddle[hollow]! < height) hollow = parent[hollow]!;
		coveredBy[at] = hollow;
		places[hollow]!++;
		heights[hollow]! += height;
	}
	return { coveredBy, places, heights };
}

type Tree = ReturnType<typeof join>;

function join(leaves: number, all: ReturnType<typeof saddles>) {
	const most = 2 * leaves;
	const parent = new Int32Array(most).fill(NONE);
	const sibling = new Int32Array(most).fill(NONE);
	const spillsTo = new Int32Array(most);
	const spillsFrom = new Int32Array(most);
	const saddle = new Int32Array(most);
	const up = Int32Array.from({ length: most }, (_, i) => i);
	const root = (hollow: number) => {
		let at = hollow;
		while (up[at] !== at) {
			up[at] = up[up[at]!]!;
			at = up[at]!;
		}
		return at;
	};
	let count = leaves;
	const close = (hollow: number, height: number, from: number, to: number) => {
		saddle[hollow] = height;
		spillsFrom[hollow] = from;
		spillsTo[hollow] = to;
	};
	for (let i = 0; i < all.steps.length; i++) {
		const a = root(all.hollowA[i]!);
		const b = root(all.hollowB[i]!);
		if (a === b) continue;
		const height = all.steps[i]!;
		if (a !== OUTSIDE) close(a, height, all.placeA[i]!, all.placeB[i]!);
		if (b !== OUTSIDE) close(b, height, all.placeB[i]!, all.placeA[i]!);
		if (a === OUTSIDE || b === OUTSIDE) {
			up[a] = up[b] = OUTSIDE;
			continue;
		}
		const greater = count++;
		parent[a] = parent[b] = up[a] = up[b] = greater;
		sibling[a] = b;
		sibling[b] = a;
	}
	const cut = <T extends Int32Array>(list: T) => list.slice(0, count);
	return {
		count,
		leaves,
		parent: cut(parent),
		sibling: cut(sibling),
		spillsTo: cut(spillsTo),
		spillsFrom: cut(spillsFrom),
		saddle: cut(saddle),
	};
}
