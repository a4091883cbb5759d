import { describe, expect, test } from 'vitest';
import { judgeResume, resumeItems, type AnsweredItem } from './resume.ts';
import type { SiteToday } from './ladder.ts';

const bare: SiteToday = {
	state: 'active',
	stage: 'foundation',
	towerCranes: 0,
	hoists: 0,
	otherLifting: 0,
	climbingScaffolds: 0,
	gondolas: 0,
	formworks: 0,
	openPits: 1,
	hasUnderground: false,
	spoilHeightM: 0,
	tempStructures: 0,
};
const good = (item: AnsweredItem['item'], more: Partial<AnsweredItem> = {}): AnsweredItem => ({
	item,
	isGood: true,
	note: '',
	photoId: 'p',
	...more,
});

describe('the gate before work is resumed', () => {
	test('asks a pit for water, slope and monitoring, and everybody for the power', () => {
		expect(resumeItems(bare)).toEqual(['pitWater', 'pitSlope', 'pitMonitoring', 'power']);
	});
	test('asks a crane for base, ties and a test lift (JGJ 276)', () => {
		expect(resumeItems({ ...bare, openPits: 0, towerCranes: 1 })).toEqual([
			'craneBase',
			'craneTie',
			'craneTest',
			'power',
		]);
	});
	test('asks for spoil and sheds of which nobody knows whether they are there', () => {
		const items = resumeItems({ ...bare, spoilHeightM: null, tempStructures: null });
		expect(items).toEqual(expect.arrayContaining(['spoilSlope', 'sheds']));
	});
	test('opens when all is answered and good', () => {
		const required = resumeItems(bare);
		expect(
			judgeResume(
				required,
				required.map((item) => good(item)),
			),
		).toEqual({ ok: true });
	});
	test('stays shut with an item missing, one that is bad, or a slope without photo', () => {
		const answers = [
			good('pitWater', { isGood: false }),
			good('pitSlope', { photoId: null }),
			good('power', { photoId: null }),
		];
		expect(judgeResume(resumeItems(bare), answers)).toEqual({
			ok: false,
			missing: ['pitMonitoring'],
			bad: ['pitWater'],
			withoutPhoto: ['pitSlope'],
		});
	});
});
