// Taking work up again after a storm: what must have been looked at first, by what stands on the site.

import type { SiteToday } from './ladder.ts';

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

/** What a site must look at; unknown things are looked at too. */
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
