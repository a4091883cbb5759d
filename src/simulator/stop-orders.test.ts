import { describe, expect, test } from 'vitest';
import type { NoticeView } from '#lib/contract/flood.ts';
import { floodRules } from '#db/rules/flood.ts';
import { movedAfterStop, type CranePose } from '#lib/domain/flood/movement.ts';
import { smallBoard } from './board.fixture.ts';
import { startDistrict } from './district.ts';
import { stopOrders } from './stop-orders.ts';

const START = Date.UTC(2026, 6, 10, 1, 0, 0);
const MINUTE_MS = 60_000;
const STAND_BY = START + 15 * MINUTE_MS;
const SITES = 200;
const notice = (site: number, more: Partial<NoticeView> = {}): NoticeView => ({
	...{ id: `n${site}`, siteId: `site-${site}`, siteNo: site, step: 'sent', reason: '暴雨橙色', sentAt: '' },
	...{ answerBy: '', seenAt: null, stoppedAt: null, checkedAt: null, checkDueAt: null, movedAt: null },
	...{ movedDevices: [], mustStop: true, awaitsResume: false, resume: null },
	standBy: new Date(STAND_BY).toISOString(),
	measures: [{ measure: 'stopLifting', work: 'lifting', isConditional: false }],
	...more,
});
const all = (more: Partial<NoticeView> = {}) => Array.from({ length: SITES }, (_, site) => notice(site, more));
const holding = (orders: ReturnType<typeof stopOrders>, minutes: number) =>
	all().filter(({ siteId }) => orders.holds(siteId, START + minutes * MINUTE_MS)).length;

describe('a stop order', () => {
	test('is obeyed by most within ten minutes, and a few work on', () => {
		const orders = stopOrders('1');
		orders.heard(all(), START);
		expect(holding(orders, 1)).toBe(0);
		expect(holding(orders, 10)).toBeGreaterThan(SITES * 0.95);
		expect(holding(orders, 600)).toBeLessThan(SITES);
	});

	test('that leaves less time is obeyed in less', () => {
		const orders = stopOrders('1');
		orders.heard(all({ standBy: new Date(START + MINUTE_MS).toISOString() }), START);
		expect(holding(orders, 1)).toBeGreaterThan(SITES * 0.95);
	});

	test('is obeyed in the end by whoever was caught', () => {
		const orders = stopOrders('1');
		orders.heard(all(), START);
		orders.heard(all({ movedAt: '2026-07-10T01:20:00Z' }), START + 20 * MINUTE_MS);
		expect(holding(orders, 21)).toBeLessThan(SITES);
		expect(holding(orders, 60)).toBe(SITES);
	});

	test('that has ended, or was lifted for the site, lets it work again', () => {
		const orders = stopOrders('1');
		orders.heard(all(), START);
		orders.heard([notice(0, { step: 'ended' })], START + 30 * MINUTE_MS);
		expect(holding(orders, 31)).toBe(0);
	});

	test('about something else than lifting stops no crane', () => {
		const orders = stopOrders('1');
		const other = [{ measure: 'clearBelowGround', work: 'pit', isConditional: false }];
		orders.heard(all({ measures: other, standBy: null }), START);
		expect(holding(orders, 60)).toBe(0);
	});

	test('means the same for the same seed', () => {
		const told = ['1', '1', '2'].map((seed) => {
			const orders = stopOrders(seed);
			orders.heard(all(), START);
			return all().map(({ siteId }) => orders.holds(siteId, START + 60 * MINUTE_MS));
		});
		expect(told[0]).toEqual(told[1]);
		expect(told[0]).not.toEqual(told[2]);
	});
});

test('in the district the rule of movement finds just those who break the order', () => {
	const orders = stopOrders('1');
	orders.heard(all(), START);
	const fleet = startDistrict(smallBoard(SITES, 1), { seed: '1', startMs: START, hours: 'always', orders });
	const siteOf = (device: string) => `site-${Number(device.slice(3)) - 1}`;
	const poses = new Map<string, CranePose>();
	const caught = new Set<string>();
	for (const { device, at, values } of fleet.due(START + 90 * MINUTE_MS)) {
		if (!device.startsWith('TC-') || typeof values['hookHeightM'] !== 'number') continue;
		const pose: CranePose = {
			atMs: Date.parse(at),
			hookM: values['hookHeightM'],
			radiusM: Number(values['radiusM']),
			loadPercent: Number(values['momentPercent']),
		};
		if (movedAfterStop(STAND_BY, poses.get(device), pose, floodRules.movement)) caught.add(siteOf(device));
		poses.set(device, pose);
	}
	const breaking = all().flatMap(({ siteId }) => (orders.holds(siteId, START + 600 * MINUTE_MS) ? [] : [siteId]));
	expect(breaking.length).toBeGreaterThan(0);
	expect([...caught].filter((site) => breaking.includes(site)).sort()).toEqual(breaking.sort());
	// A scripted overload or garbage may look like work at a site that stands; not at many.
	expect(caught.size - breaking.length).toBeLessThan(SITES * 0.03);
});
