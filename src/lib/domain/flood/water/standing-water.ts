// How deep the water stands once it has found its places.

import { coveredHeights } from './covered.ts';
import type { Filling } from './filling.ts';
import type { Hierarchy } from './hierarchy.ts';
import { OUTSIDE } from './runoff.ts';
import { STEPS_PER_M } from './terrain.ts';

/**
 * @returns depth per cell of the terrain, metres, row by row; 0 where it is dry, NaN where the ground is not known
 */
export function standingWater(hierarchy: Hierarchy, filling: Filling): Float32Array {
	const { terrain, ground, runoff, hollows } = hierarchy;
	const { width, height } = terrain;
	const { stride, steps } = ground;
	const levels = waterLevels(hierarchy, filling);
	const levelOf = Float64Array.from({ length: hollows.leaves }, (_, leaf) => levels[filling.standsIn[leaf]!]!);
	levelOf[OUTSIDE] = -Infinity;
	const depth = new Float32Array(width * height);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			const at = (y + 1) * stride + x + 1;
			const to = y * width + x;
			if (steps[at]! < 0) depth[to] = NaN;
			else {
				const over = levelOf[runoff.label[at]!]! - steps[at]!;
				depth[to] = over > 0 ? over / STEPS_PER_M : 0;
			}
		}
	return depth;
}

/** Water level of every hollow that has water, in steps; -Infinity for dry ones. */
function waterLevels(hierarchy: Hierarchy, { waterM3, isFull, standsIn }: Filling): Float64Array {
	const { hollows, ground, terrain, partPlaces, partSteps } = hierarchy;
	const level = new Float64Array(hollows.count).fill(-Infinity);
	const rising = new Set<number>();
	for (let leaf = 1; leaf < hollows.leaves; leaf++) {
		const hollow = standsIn[leaf]!;
		if (isFull[hollow]) level[hollow] = hollows.saddleM[hollow]! * STEPS_PER_M - ground.lowest;
		else if (waterM3[hollow]! > 0) rising.add(hollow);
	}
	for (const [hollow, heights] of coveredHeights(hierarchy, rising)) {
		const water = (waterM3[hollow]! / terrain.cellM ** 2) * STEPS_PER_M;
		let places = partPlaces[hollow]!;
		let sum = partSteps[hollow]!;
		for (const height of heights) {
			if (places > 0 && places * height - sum >= water) break;
			places++;
			sum += height;
		}
		level[hollow] = (water + sum) / places;
	}
	return level;
}
