// Which hollow is full when, under rain: fill, spill, merge (Barnes, Callaghan, Wickert, Earth Surface Dynamics 9, 2021)
// told as a story of events instead of an end state. Every hollow collects the rain of its catchment. A full one
// passes on what it gets over its saddle; when both sides of a saddle are full they go on as one.

import { coveredHeights } from './covered.ts';
import { Due } from './due.ts';
import { NONE, type Hierarchy, type Hollows } from './hierarchy.ts';
import { OUTSIDE } from './runoff.ts';
import { STEPS_PER_M } from './terrain.ts';

export interface Filling {
	/** Hour at which a hollow is full; Infinity when it is not within the time. */
	fullAtH: Float64Array;
	isFull: Uint8Array;
	/** Water in it at the end, children's included, cubic metres; 0 for those that have not begun. */
	waterM3: Float64Array;
	/** Hollow that the water of each leaf stands in at the end. */
	standsIn: Int32Array;
	/** Rain on everything, and what has left over the edge, cubic metres. */
	rainM3: number;
	goneM3: number;
	/** Hour at which an asked cell gets wet; Infinity when it does not. */
	wetAtH: Map<number, number>;
}

/**
 * @param rainMmH - rain that runs off, the same everywhere and all the time, mm/h
 * @param hours - how long it rains
 * @param asked - cells, as `y · width + x`, of which is wanted when standing water reaches them
 */
export function fillByRain(
	hierarchy: Hierarchy,
	rainMmH: number,
	hours: number,
	asked: Iterable<number> = [],
): Filling {
	const { hollows, runoff } = hierarchy;
	const story = new Story(hollows, runoff.label, rainMmH / 1000, hours);
	const cells = new Set(asked);
	for (const { cell, hollow, afterM3 } of thresholds(hierarchy, cells)) story.ask(cell, hollow, afterM3);
	story.tell();
	return {
		fullAtH: story.fullAtH,
		isFull: story.isFull,
		waterM3: story.water,
		standsIn: Int32Array.from({ length: hollows.leaves }, (_, leaf) => story.standing(leaf)),
		rainM3: (rainMmH / 1000) * hours * hollows.catchmentM2.reduce((sum, area) => sum + area, 0),
		goneM3: story.water[OUTSIDE]!,
		wetAtH: new Map([...cells].map((cell) => [cell, story.wetAtH.get(cell) ?? Infinity])),
	};
}

/** The hollow whose water reaches a cell first, and how much it holds by then. */
function thresholds(hierarchy: Hierarchy, cells: ReadonlySet<number>) {
	const { terrain, ground, coveredBy, partPlaces, partSteps } = hierarchy;
	const { width, cellM } = terrain;
	const found = [...cells].map((cell) => {
		const at = (Math.floor(cell / width) + 1) * ground.stride + (cell % width) + 1;
		return { cell, hollow: coveredBy[at]!, height: ground.steps[at]! };
	});
	const heights = coveredHeights(
		hierarchy,
		new Set(found.map(({ hollow }) => hollow).filter((one) => one !== OUTSIDE)),
	);
	return found
		.filter(({ hollow }) => hollow !== OUTSIDE)
		.map(({ cell, hollow, height }) => {
			let places = partPlaces[hollow]!;
			let sum = partSteps[hollow]!;
			for (const other of heights.get(hollow)!) {
				if (other >= height) break;
				places++;
				sum += other;
			}
			return { cell, hollow, afterM3: ((places * height - sum) / STEPS_PER_M) * cellM ** 2 };
		});
}

class Story {
	readonly fullAtH: Float64Array;
	readonly water: Float64Array;
	readonly wetAtH = new Map<number, number>();
	readonly isFull: Uint8Array;
	readonly #hollows: Hollows;
	readonly #label: Int32Array;
	readonly #hours: number;
	/** Cubic metres an hour that come in now, and the hour up to which `water` is told. */
	readonly #rate: Float64Array;
	readonly #toldH: Float64Array;
	/** The hollow that has taken over; itself while none has. */
	readonly #by: Int32Array;
	/** When each hollow will be full, as things stand. */
	readonly #due: Due;
	readonly #asked = new Map<number, { cell: number; afterM3: number }[]>();

	constructor(hollows: Hollows, label: Int32Array, rainM: number, hours: number) {
		const { count, catchmentM2 } = hollows;
		this.#hollows = hollows;
		this.#label = label;
		this.#hours = hours;
		this.fullAtH = new Float64Array(count).fill(Infinity);
		this.water = new Float64Array(count);
		this.#rate = Float64Array.from(catchmentM2, (area) => area * rainM);
		this.#toldH = new Float64Array(count);
		this.isFull = new Uint8Array(count);
		this.#by = Int32Array.from({ length: count }, (_, i) => i);
		this.#due = new Due(count);
	}

	ask(cell: number, hollow: number, afterM3: number): void {
		const list = this.#asked.get(hollow) ?? [];
		list.push({ cell, afterM3 });
		this.#asked.set(hollow, list);
	}

	tell(): void {
		const { count, leaves } = this.#hollows;
		for (let leaf = 1; leaf < leaves; leaf++) this.#expect(leaf);
		for (let next = this.#due.next(); next !== NONE; next = this.#due.next()) this.#full(next, this.#due.hour(next));
		for (let hollow = 0; hollow < count; hollow++) if (!this.isFull[hollow]) this.#catchUp(hollow, this.#hours);
	}

	/** The hollow in which the water of a hollow without children stands now. */
	standing(leaf: number): number {
		const by = this.#by;
		let at = leaf;
		while (by[at] !== at) {
			by[at] = by[by[at]!]!;
			at = by[at]!;
		}
		return at;
	}

	#full(hollow: number, hour: number): void {
		this.#catchUp(hollow, hour);
		const { parent, sibling, holdsM3, spillsTo } = this.#hollows;
		this.water[hollow] = holdsM3[hollow]!;
		this.isFull[hollow] = 1;
		this.fullAtH[hollow] = hour;
		const other = sibling[hollow]!;
		if (other === NONE || !this.isFull[other])
			return this.#add(this.standing(this.#label[spillsTo[hollow]!]!), this.#rate[hollow]!, hour);
		// Both sides are full: what the other passed on has already come here.
		const both = parent[hollow]!;
		this.#by[hollow] = this.#by[other] = both;
		this.water[both] = holdsM3[hollow]! + holdsM3[other]!;
		this.#rate[both] = this.#rate[hollow]!;
		this.#toldH[both] = hour;
		this.#wetBetween(both, 0, this.water[both]!, hour, 0);
		this.#expect(both);
	}

	/** More water an hour for a hollow, and on from full ones to where it finds room. */
	#add(hollow: number, rate: number, hour: number): void {
		let at = hollow;
		while (at !== OUTSIDE && this.isFull[at]) {
			this.#rate[at]! += rate;
			at = this.standing(this.#label[this.#hollows.spillsTo[at]!]!);
		}
		this.#catchUp(at, hour);
		this.#rate[at]! += rate;
		if (at !== OUTSIDE) this.#expect(at);
	}

	#catchUp(hollow: number, hour: number): void {
		const since = this.#toldH[hollow]!;
		const had = this.water[hollow]!;
		const rate = this.#rate[hollow]!;
		this.#toldH[hollow] = hour;
		if (this.#by[hollow] !== hollow) return;
		this.water[hollow] = had + rate * (hour - since);
		this.#wetBetween(hollow, had, this.water[hollow]!, since, rate);
	}

	#wetBetween(hollow: number, had: number, has: number, sinceH: number, rate: number): void {
		const asked = this.#asked.size > 0 ? this.#asked.get(hollow) : undefined;
		if (!asked) return;
		for (const { cell, afterM3 } of asked)
			if (has >= afterM3 && has > 0 && !this.wetAtH.has(cell))
				this.wetAtH.set(cell, rate > 0 ? sinceH + Math.max(0, afterM3 - had) / rate : sinceH);
	}

	#expect(hollow: number): void {
		const rate = this.#rate[hollow]!;
		const lacks = Math.max(0, this.#hollows.holdsM3[hollow]! - this.water[hollow]!);
		const hour = this.#toldH[hollow]! + lacks / rate;
		if (rate > 0 && hour <= this.#hours) this.#due.put(hollow, hour);
	}
}
