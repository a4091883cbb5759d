import { describe, expect, test } from 'vitest';
import { LADDER_TEMPLATE } from '#db/rules/flood-ladder.ts';
import { isTriggered, levelsOf, linesFor, workOn, type LadderLine, type Situation, type SiteToday } from './ladder.ts';

const ladder: LadderLine[] = LADDER_TEMPLATE.map((line, i) => ({
	answerMinutes: null,
	...line,
	id: String(i),
	isTemplate: true,
	isOn: true,
}));
const bare: SiteToday = {
	state: 'active',
	stage: 'foundation',
	towerCranes: 0,
	hoists: 0,
	otherLifting: 0,
	climbingScaffolds: 0,
	gondolas: 0,
	formworks: 0,
	openPits: 0,
	hasUnderground: false,
	spoilHeightM: 0,
	tempStructures: 0,
};
const tower: SiteToday = { ...bare, stage: 'structure', towerCranes: 2, hoists: 2 };
const dug: SiteToday = { ...bare, openPits: 1 };
const calm: Situation = { signals: [], response: null, isModerateHeavyRain: false };
const signal = (
	kind: Situation['signals'][number]['kind'],
	colour: Situation['signals'][number]['colour'],
): Situation => ({
	...calm,
	signals: [{ kind, colour }],
});
const measures = (situation: Situation, site: SiteToday) =>
	linesFor(ladder, situation, site).map(({ line }) => line.measure);

describe('the response ladder', () => {
	test('asks nothing of anybody while nothing holds', () => {
		expect(measures(calm, tower)).toEqual([]);
	});
	test('中到大雨 already begins the duty watch, below any signal', () => {
		expect(measures({ ...calm, isModerateHeavyRain: true }, tower)).toEqual(['dutyWatch']);
	});
	test('中到大雨 sends a site with an open pit to its pumps', () => {
		expect(measures({ ...calm, isModerateHeavyRain: true }, dug)).toEqual(['dutyWatch', 'pump']);
	});
	test('a blue gale stops lifting, frees the jib and brings the hoist down where there are cranes and hoists', () => {
		expect(measures(signal('gale', 'blue'), tower)).toEqual([
			'stopClimbing',
			'stopHeight',
			'stopLifting',
			'releaseSlew',
			'hoistToGround',
		]);
	});
	test('a blue gale says nothing of cranes to a site that has none', () => {
		expect(measures(signal('gale', 'blue'), dug)).toEqual([]);
	});
	test('a yellow rainstorm clears what is below ±0.00 only where something is', () => {
		expect(measures(signal('rainstorm', 'yellow'), dug)).toContain('clearBelowGround');
		expect(measures(signal('rainstorm', 'yellow'), tower)).not.toContain('clearBelowGround');
	});
	test('an orange rainstorm includes everything yellow and blue ask', () => {
		const blue = measures(signal('rainstorm', 'blue'), dug);
		const orange = measures(signal('rainstorm', 'orange'), dug);
		expect(blue.every((measure) => orange.includes(measure))).toBe(true);
		expect(orange).toContain('cutPower');
	});
	test('a red rainstorm evacuates', () => {
		expect(measures(signal('rainstorm', 'red'), bare)).toContain('evacuate');
	});
	test('level IV asks for a check every six hours, level II every three, and the shorter one counts', () => {
		const check = (response: Situation['response']) =>
			linesFor(ladder, { ...calm, response }, bare).find(({ line }) => line.measure === 'checkEvery')?.line.everyHours;
		expect([check('IV'), check('III'), check('II')]).toEqual([6, 6, 3]);
	});
	test('a response level asks its measures although every signal has been lifted', () => {
		expect(measures({ ...calm, response: 'III' }, dug)).toContain('clearBelowGround');
	});
	test('gondolas nobody has counted are asked for as “if there are any”', () => {
		const lines = linesFor(ladder, signal('gale', 'blue'), { ...tower, gondolas: null });
		expect(lines.filter(({ isConditional }) => isConditional).map(({ line }) => line.work)).toEqual(['gondola']);
	});
	test('one measure of one work is told once, although several signals ask for it', () => {
		const both: Situation = {
			...calm,
			signals: [
				{ kind: 'gale', colour: 'yellow' },
				{ kind: 'typhoon', colour: 'blue' },
			],
		};
		expect(measures(both, tower).filter((measure) => measure === 'stopLifting')).toHaveLength(1);
	});
	test('a line that is switched off is told to nobody', () => {
		const off = ladder.map((line) => ({ ...line, isOn: false }));
		expect(linesFor(off, signal('rainstorm', 'red'), tower)).toEqual([]);
	});
	test('a signal without a colour counts as the lightest', () => {
		expect(isTriggered({ trigger: 'gale', fromLevel: 'blue' }, signal('gale', null))).toBe(true);
		expect(isTriggered({ trigger: 'gale', fromLevel: 'yellow' }, signal('gale', null))).toBe(false);
	});
});

describe('the work on a site', () => {
	test.each([
		['lifting goes on where a tower crane stands', 'lifting', tower, 'yes'],
		['lifting goes on where only a mobile crane stands', 'lifting', { ...bare, otherLifting: 1 }, 'yes'],
		['a finished site has nothing', 'all', { ...tower, state: 'finished' }, 'no'],
		['a stopped site works on nothing outdoors', 'outdoor', { ...tower, state: 'stopped' }, 'no'],
		['but its cranes still stand', 'lifting', { ...tower, state: 'stopped' }, 'yes'],
		[
			'people are below ±0.00 where underground works run without a pit',
			'belowGround',
			{ ...bare, hasUnderground: true },
			'yes',
		],
		[
			'whether anybody is below is not known where nobody looked',
			'belowGround',
			{ ...bare, hasUnderground: null },
			'ifPresent',
		],
		['a spoil heap of no height is none', 'spoil', bare, 'no'],
		['sheds nobody counted may be there', 'sheds', { ...bare, tempStructures: null }, 'ifPresent'],
		['a foundation has no work at height', 'height', bare, 'no'],
	] as const)('%s', (_, work, site, expected) => {
		expect(workOn(work, site)).toBe(expected);
	});
});

test('every shipped line names a level its trigger has, a basis and a source', () => {
	for (const line of LADDER_TEMPLATE) {
		expect(levelsOf(line.trigger)).toContain(line.fromLevel);
		expect(line.basis.length * line.source.length).toBeGreaterThan(0);
	}
});
