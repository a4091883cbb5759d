// Taking work up again after a storm: what must have been looked at first, by what stands on the site.

import { stopsLifting, type SiteToday, type Work } from './ladder.ts';

export const RESUME_ITEMS = [
	'pitWater',
	'pitSlope',
	'pitMonitoring',
	'craneBase',
	'craneTie',
	'craneTest',
	'hoistTest',
	'scaffoldTies',
	'formworkBase',
	'spoilSlope',
	'power',
	'sheds',
] as const;
export type ResumeItem = (typeof RESUME_ITEMS)[number];

export interface AnsweredItem {
	item: ResumeItem;
	isGood: boolean;
	note: string;
	/** Null: no photo was taken. */
	photoId: string | null;
}

/** Measures that only end at the gate, not when their trigger does. */
export function mustBeCleared(measure: string): boolean {
	return (
		stopsLifting(measure) ||
		[
			'stopHeight',
			'lowerGondola',
			'hoistToGround',
			'clearBelowGround',
			'moveFromSheds',
			'cutPower',
			'stopClimbing',
		].includes(measure)
	);
}

/** An order that is not ended. `isOver`: its trigger is over. */
export interface OpenOrder {
	work: string;
	measure: string;
	isOver: boolean;
}

export interface Gate<O> {
	/** Stops that the site may ask to be cleared of. */
	ready: O[];
	/** Stops that still hold their kind of work, by their own trigger or by another stop's. */
	shut: O[];
}

/**
 * Which kinds of work of a site may ask to go on, out of all open orders of the event it was told in.
 *
 * Each kind of work has its own gate (a crane is test-lifted, scaffold, base and pit are inspected “before resuming”:
 * JGJ 276, after wind of level 6 and heavy rain; the measure follows from signal × level × kind of work):
 * - A stop whose trigger still holds keeps its own kind of work shut, and what is part of that: the whole site (`all`),
 *   everything in the open (`outdoor`), climbing with lifting, the pit with what is below ground. It keeps nothing else
 *   shut: a crane does not wait for the water to leave the pit.
 * - What stops nothing (duty, patrol every six hours, pumps, covers) never shuts a gate; it goes on beside the work.
 * - Orders of another event do not belong here: when an event is closed, its orders end with it.
 *
 * What is ready may be settled by the bureau with a reason also without the site asking; what is shut may not, as its
 * trigger would order it anew: there the signal, the response level or the ladder is changed.
 */
export function gateOf<O extends OpenOrder>(orders: readonly O[]): Gate<O> {
	const stops = orders.filter(({ measure }) => mustBeCleared(measure));
	const held = stops.filter(({ isOver }) => !isOver);
	const isShut = (stop: O) => !stop.isOver || held.some(({ work }) => includes(work, stop.work));
	return { ready: stops.filter((stop) => !isShut(stop)), shut: stops.filter(isShut) };
}

const IN_THE_OPEN: readonly string[] = [
	...['height', 'lifting', 'hoist', 'climbing', 'gondola', 'scaffold', 'formwork', 'pit', 'spoil'],
];
const PARTS: Readonly<Record<string, readonly string[]>> = {
	outdoor: IN_THE_OPEN,
	lifting: ['climbing'],
	pit: ['belowGround'],
	belowGround: ['pit'],
};

/** Whether work that is stopped stops the other with it. */
function includes(work: string, other: string): boolean {
	return work === 'all' || work === other || (PARTS[work]?.includes(other) ?? false);
}

/** What is looked at before a kind of work goes on; the power before any. */
const ITEMS: Partial<Record<Work, readonly ResumeItem[]>> = {
	all: RESUME_ITEMS,
	outdoor: RESUME_ITEMS.filter((item) => item !== 'sheds' && item !== 'power'),
	height: ['scaffoldTies'],
	lifting: ['craneBase', 'craneTie', 'craneTest'],
	hoist: ['hoistTest'],
	climbing: ['craneBase', 'craneTie'],
	scaffold: ['scaffoldTies'],
	formwork: ['formworkBase'],
	pit: ['pitWater', 'pitSlope', 'pitMonitoring', 'spoilSlope'],
	belowGround: ['pitWater', 'pitSlope', 'pitMonitoring', 'spoilSlope'],
	spoil: ['spoilSlope'],
	sheds: ['sheds'],
};
const itemsOf = ({ work }: OpenOrder) => ITEMS[work as Work] ?? [];

/**
 * The checklist of what is ready: what stands on the site and belongs to a kind of work that would go on. What belongs to
 * a part that stays shut is asked when that part is ready: nobody makes a test lift in the wind.
 */
export function gateItems(ready: readonly OpenOrder[], shut: readonly OpenOrder[], site: SiteToday): ResumeItem[] {
	if (ready.length === 0) return [];
	const parts = ready.filter((stop) => !isWhole(stop));
	const own = new Set<ResumeItem>([...ready.flatMap(itemsOf), 'power', ...(ready.some(isWhole) ? SHEDS : [])]);
	const later = new Set(shut.filter(({ work }) => !ready.some((one) => one.work === work)).flatMap(itemsOf));
	for (const item of [...parts.flatMap(itemsOf), 'power'] as const) later.delete(item);
	return resumeItems(site).filter((item) => own.has(item) && !later.has(item));
}

const SHEDS = ['sheds'] as const;
const isWhole = ({ work }: OpenOrder) => work === 'all' || work === 'outdoor';

/** The stops a checklist clears: those of which every item was answered; what became ready after it waits. */
export function clearedBy<O extends OpenOrder>(
	{ ready, shut }: Gate<O>,
	site: SiteToday,
	answers: readonly AnsweredItem[],
): O[] {
	const good = new Set(answers.filter(({ isGood }) => isGood).map(({ item }) => item));
	return ready.filter((stop) => gateItems([stop], shut, site).every((item) => good.has(item)));
}

/** What stands on a site and may have suffered; unknown things are looked at too. */
export function resumeItems(site: SiteToday): ResumeItem[] {
	const maybe = (count: number | null) => count === null || count > 0;
	const applies: Record<ResumeItem, boolean> = {
		pitWater: site.openPits > 0,
		pitSlope: site.openPits > 0,
		pitMonitoring: site.openPits > 0,
		craneBase: site.towerCranes > 0,
		craneTie: site.towerCranes > 0,
		craneTest: site.towerCranes + site.otherLifting > 0,
		hoistTest: site.hoists > 0,
		scaffoldTies: site.climbingScaffolds > 0 || ['structure', 'masonry', 'finishing'].includes(site.stage ?? ''),
		formworkBase: site.formworks > 0,
		spoilSlope: maybe(site.spoilHeightM),
		power: true,
		sheds: maybe(site.tempStructures),
	};
	return RESUME_ITEMS.filter((item) => applies[item]);
}

export type ResumeVerdict =
	{ ok: true } | { ok: false; missing: ResumeItem[]; bad: ResumeItem[]; withoutPhoto: ResumeItem[] };

/** Photos are asked for pit, crane and slope; power and sheds may do without. */
const NEEDS_PHOTO: readonly ResumeItem[] = ['pitWater', 'pitSlope', 'craneBase', 'craneTest', 'spoilSlope'];

/** Whether a checklist opens the gate: everything asked was answered, is good, and has its photo. */
export function judgeResume(required: readonly ResumeItem[], answers: readonly AnsweredItem[]): ResumeVerdict {
	const given = new Map(answers.map((answer) => [answer.item, answer]));
	const missing = required.filter((item) => !given.has(item));
	const bad = required.filter((item) => given.get(item)?.isGood === false);
	const withoutPhoto = required.filter((item) => NEEDS_PHOTO.includes(item) && given.get(item)?.photoId === null);
	return missing.length + bad.length + withoutPhoto.length === 0
		? { ok: true }
		: { ok: false, missing, bad, withoutPhoto };
}
