// The storm of the demonstration from its first rain to its end, on a clock that is moved on by hand: rain, signals,
// orders, answers and the caught crane come in their order.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '#lib/domain/access/principal.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { fromLngLat } from '#lib/server/db/geo.ts';
import { startFlood, type FloodPart } from '#lib/server/flood/flood-part.ts';
import { playStorm } from '#lib/server/flood/storm.ts';
import { readBook } from '#lib/server/flood/read-book.ts';
import { readFloodNow } from '#lib/server/flood/read-now.ts';
import { summaryOf } from '#lib/server/flood/summary.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const DISTRICT = '330109';
const TOWN = '330109003';
const SITES = 16;
const PACE_S = 24;
const officer: Person = {
	...{ kind: 'person', id: randomUUID(), name: '沈岚', isDemo: true },
	grants: [{ role: 'dutyOfficer', area: DISTRICT, layers: ['public', 'supervision'] }],
};

onBoth('the storm of the demonstration', (database) => {
	let work: AtWork;
	let flood: FloodPart;
	const told: { type: string; data: Record<string, unknown>; atMs: number }[] = [];

	/** The clock goes on; one crane stands still, another goes on working. */
	async function wait(ms: number): Promise<void> {
		for (let s = 0; s < Math.ceil(ms / 1000); s++) {
			work.pass(1);
			if (Math.floor(work.now.getTime() / 1000) % 5 > 0) continue;
			const hookHeightM = (work.now.getTime() / 5000) % 2 === 0 ? 10 : 30;
			const seen = (id: string, values: Record<string, number>) => ({
				...{ device: work.live.state.devices.get(id)!, atUs: work.now.getTime() * 1000 },
				values: { radiusM: 20, momentPercent: 3, ...values },
			});
			flood.observe([seen('TC-1', { hookHeightM: 12 }), seen('TC-2', { hookHeightM })]);
		}
	}

	beforeAll(async () => {
		const db = database().ingest;
		const register = aRegister(db).withTown(TOWN, '城厢街道', [120.27, 30.17]);
		for (let i = 0; i < SITES; i++)
			register.withSite({ name: `${i} 号工地`, town: TOWN, at: [120.27 + i / 4000, 30.15] });
		await register
			.withCrane({ site: '0 号工地', record: 'TC-1', device: 'TC-1' })
			.withCrane({ site: '1 号工地', record: 'TC-2', device: 'TC-2' })
			.withPit({ site: '2 号工地', name: '1# 坑', depthM: 12 })
			.build();
		const { id: source_id } = await db.selectFrom('source').select('id').executeTakeFirstOrThrow();
		await db
			.insertInto('flood_station')
			.values(
				(['rain', 'river', 'waterlogging'] as const).map((kind) => ({
					...{ id: randomUUID(), source_id, code: kind, kind, name: kind, location: fromLngLat([120.28, 30.15]) },
					height_datum: kind === 'river' ? ('wusong' as const) : null,
					offset_to_1985_m: kind === 'river' ? -1.85 : null,
					warning_m: kind === 'river' ? 5.4 : null,
					guaranteed_m: kind === 'river' ? 6.2 : null,
					expected_interval_s: 600,
				})),
			)
			.execute();
		work = await AtWork.start(database(), '2026-07-10T01:00:00Z');
		flood = await startFlood(database(), work.live, {
			...{ bureau: DISTRICT, links: { webhook: '', origin: '' }, now: () => work.now.getTime() },
			...{ onFault: (error: unknown) => void work.faults.push(error), tickMs: 0 },
		});
		work.live.feed.listen((events) => {
			for (const { type, data } of events) told.push({ type, data, atMs: work.now.getTime() });
		});
		await playStorm({
			...{ db, caller: { principal: officer, address: null }, district: DISTRICT, paceS: PACE_S, wait },
			...{ now: () => work.now.getTime(), announce: work.live.feed.announce },
			...{ direct: flood.direct, judge: flood.judge },
		});
		await flood.close();
		await work.live.feed.catchUp();
	}, 120_000);
	afterAll(async () => {
		await work.close();
		expect(work.faults).toEqual([]);
	});

	const name = ({ type, data }: (typeof told)[number]) =>
		({
			'flood:signal': `signal ${data['state']} ${data['colour']}`,
			'flood:response': `level ${data['level']} ${data['state']}`,
			'flood:receipt': `answer ${data['kind']}`,
		})[type] ?? type;

	test('brings rain, signals, level, orders and answers in their order', () => {
		const first = [...new Set(told.map(name))];
		const order = [
			...['flood:water', 'flood:exposure', 'flood:notice', 'signal active yellow', 'answer seen', 'level III begun'],
			...['signal active orange', 'answer stopped', 'answer checked', 'signal lifted orange'],
			'level III ended',
		];
		expect(first.filter((one) => order.includes(one))).toEqual(order);
		expect(first.indexOf('flood:movement')).toBeGreaterThan(first.indexOf('signal active orange'));
	});

	test('catches the crane that works on, after the time that a storm in fast motion leaves it, and no other', () => {
		const moved = told.filter(({ type }) => type === 'flood:movement');
		expect([...new Set(moved.map(({ data }) => data['deviceId']))]).toEqual(['TC-2']);
		const ordered = told.find(({ type }) => type === 'flood:notice')!;
		expect(moved[0]!.atMs - ordered.atMs).toBeGreaterThanOrEqual(4 * PACE_S * 1000);
		expect(told.some(({ type, data }) => type === 'alarm:raised' && data['condition'] === 'stopOrder')).toBe(true);
	});

	test('leaves the caught site at the head of the exceptions and everybody else at the gate', async () => {
		const now = await readFloodNow(database().read, SYSTEM, work.now);
		expect(now.completion).toMatchObject({ moving: 1 });
		expect(now.notices.find(({ step }) => step === 'moving')?.movedDevices).toEqual(['TC-2']);
		expect(now.notices.filter(({ awaitsResume }) => awaitsResume).length).toBeGreaterThan(0);
		expect(now.signals.filter(({ state }) => state === 'active')).toEqual([]);
	});

	test('says in book and summary that it was played in fast motion', async () => {
		const { id } = await database().read.selectFrom('flood_event').select('id').executeTakeFirstOrThrow();
		const book = (await readBook(database().read, SYSTEM, id, work.now))!;
		expect(book.event.name).toContain('演示');
		expect(book.timeline.find(({ kind }) => kind === 'playedFast')?.facts).toEqual({ stopWithinS: 4 * PACE_S });
		expect(JSON.stringify(summaryOf(book, '萧山区', work.now))).toContain('快进');
	});
});
