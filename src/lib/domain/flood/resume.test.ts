import { describe, expect, test } from 'vitest';
import { clearedBy, gateItems, gateOf, judgeResume, resumeItems, type AnsweredItem, type OpenOrder } from './resume.ts';
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

describe('each kind of work has its own gate', () => {
	/** `lifting/stopLifting` holds; with a ✓ its trigger is over. */
	const order = (text: string): OpenOrder => {
		const [work = '', measure = ''] = text.replace('✓', '').split('/');
		return { work, measure, isOver: text.endsWith('✓') };
	};
	const ready = (...orders: string[]) => gateOf(orders.map(order)).ready.map(({ work }) => work);
	const site: SiteToday = { ...bare, stage: 'structure', towerCranes: 1, hoists: 1 };
	const items = (...orders: string[]) => {
		const gate = gateOf(orders.map(order));
		return gateItems(gate.ready, gate.shut, site);
	};

	test.each([
		['a stop whose trigger holds keeps its work shut', ['lifting/stopLifting'], []],
		['a stop whose trigger is over may be asked about', ['lifting/stopLifting✓'], ['lifting']],
		[
			'the crane does not wait for the water in the pit',
			['lifting/stopLifting✓', 'belowGround/clearBelowGround'],
			['lifting'],
		],
		['nor the pit for the wind', ['lifting/stopLifting', 'belowGround/clearBelowGround✓'], ['belowGround']],
		[
			'duty, pumps and patrols go on beside the work',
			['lifting/stopLifting✓', 'all/dutyWatch', 'all/checkEvery', 'pit/pump'],
			['lifting'],
		],
		['a stop of the whole site keeps everything shut', ['lifting/stopLifting✓', 'power/cutPower✓', 'all/stopWork'], []],
		[
			'a stop in the open keeps the crane shut and not the power',
			['lifting/stopLifting✓', 'power/cutPower✓', 'outdoor/stopWork'],
			['power'],
		],
		['a crane that stands is not climbed either', ['climbing/stopClimbing✓', 'lifting/releaseSlew'], []],
		['two triggers of the same work: the one that holds counts', ['lifting/stopLifting✓', 'lifting/releaseSlew'], []],
		['the site goes on around a crane that still stands', ['all/stopWork✓', 'lifting/stopLifting'], ['all']],
		['without a stop there is nothing to clear', ['all/dutyWatch✓', 'pit/pump✓'], []],
	] as const)('%s', (_, orders, expected) => {
		expect(ready(...orders)).toEqual(expected);
	});

	test.each([
		[
			'a crane is asked for base, ties, test lift and power',
			['lifting/stopLifting✓', 'belowGround/clearBelowGround'],
			['craneBase', 'craneTie', 'craneTest', 'power'],
		],
		[
			'a pit for water, slopes, monitoring and power',
			['lifting/stopLifting', 'belowGround/clearBelowGround✓'],
			['pitWater', 'pitSlope', 'pitMonitoring', 'power'],
		],
		['a whole site for everything that stands on it', ['all/stopWork✓'], resumeItems(site)],
		['work in the open for the sheds too', ['outdoor/stopWork✓'], resumeItems(site)],
		[
			'a whole site but for a part that stays shut',
			['all/stopWork✓', 'lifting/stopLifting'],
			resumeItems(site).filter((item) => !item.startsWith('crane')),
		],
		['nobody for anything while all is shut', ['all/stopWork'], []],
	] as const)('%s', (_, orders, expected) => {
		expect(items(...orders)).toEqual(expected);
	});

	test('a checklist clears what it is about, not what became ready after it was sent', () => {
		const crane = items('lifting/stopLifting✓').map((item) => good(item));
		const later = gateOf([order('lifting/stopLifting✓'), order('belowGround/clearBelowGround✓')]);
		expect(clearedBy(later, site, crane).map(({ work }) => work)).toEqual(['lifting']);
		const again = gateOf([order('lifting/stopLifting')]);
		expect(clearedBy(again, site, crane)).toEqual([]);
	});
});
