// A warning signal comes in and the limits of the cranes of its town change, from the message to the alarm; when it is
// lifted they are as they were. The flood part and the live part joined as a running server joins them.

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HandSignal } from '#lib/contract/flood-entry.ts';
import type { Caller } from '#lib/server/auth/caller.ts';
import { messageByHand } from '#lib/server/commands/enter-signal.ts';
import { takeSignals } from '#lib/server/commands/take-signals.ts';
import { startFlood, type FloodPart } from '#lib/server/flood/flood-part.ts';
import { limitsInForce } from '#lib/server/rules/limits-in-force.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const [TOWN, OTHER] = ['330109003', '330109004'];
const START = '2026-07-10T08:00:00Z';

onBoth('a gale signal', (database) => {
	let work: AtWork;
	let flood: FloodPart;
	let signalId = '';

	const start = () =>
		startFlood(
			database(),
			{ feed: work.live.feed, describe: work.live.describe, setSignals: work.live.setSignals },
			{
				bureau: '330109',
				links: { webhook: '', origin: '' },
				now: () => work.now.getTime(),
				onFault: (error) => void work.faults.push(error),
				tickMs: 0,
			},
		);
	const duty = (): Caller => ({
		principal: {
			...{ kind: 'person', id: '00000000-0000-4000-8000-000000000001', name: '沈岚', isDemo: false },
			grants: [{ role: 'dutyOfficer', area: '330109', layers: ['public', 'supervision'] }],
		},
		address: null,
		now: work.now,
	});
	async function enter(entry: Pick<HandSignal, 'colour'> & Partial<HandSignal>): Promise<void> {
		const full: HandSignal = {
			...{ kind: 'gale', issuer: '区气象台', areaCodes: [TOWN], headline: '', body: '', expiresAt: null },
			...entry,
		};
		const made = await messageByHand(database().ingest, full, work.now);
		if (!made.ok) throw new Error(made.reason);
		const { events } = await takeSignals(database().ingest, duty(), [made.message], 'hand');
		work.live.feed.announce(events);
	}
	const wind = (device: string) =>
		limitsInForce(work.live.state.devices.get(device)!, work.live.rules()).find(
			({ ruleKey, parameter }) => ruleKey === 'towerCrane.wind' && parameter === 'from.danger',
		)!;
	const openWind = () => work.live.engine.book.active().find(({ condition }) => condition === 'wind');
	const soon = (expected: number) =>
		vi.waitFor(() => expect(wind('TC-1').value).toBe(expected), { timeout: 10_000, interval: 20 });

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown(TOWN, '城厢街道', [120.27, 30.17])
			.withTown(OTHER, '北干街道', [120.35, 30.2])
			.withSite({ name: '甲工地', town: TOWN, at: [120.27, 30.17] })
			.withSite({ name: '乙工地', town: OTHER, at: [120.35, 30.2] })
			.withCrane({ site: '甲工地', record: 'TC-1', device: 'TC-1' })
			.withCrane({ site: '乙工地', record: 'TC-2', device: 'TC-2' })
			.build();
		work = await AtWork.start(database(), START);
		flood = await start();
	});
	afterAll(async () => {
		await flood.close();
		await work.close();
		expect(work.faults).toEqual([]);
	});

	test('lowers the wind limit of the cranes of its town, and of no other', async () => {
		expect(wind('TC-1')).toMatchObject({ value: 12, why: { kind: 'shipped' } });
		await enter({ colour: 'yellow' });
		await soon(8);
		expect(wind('TC-1').why).toMatchObject({ kind: 'signal', colour: 'yellow' });
		expect(wind('TC-2').value).toBe(12);
		const row = await database().read.selectFrom('weather_signal').select('id').executeTakeFirstOrThrow();
		signalId = row.id;
	});

	test('makes a wind that was allowed a danger', async () => {
		await work.keepSending('TC-1', { windMs: 8.5 }, 50);
		expect(openWind()).toMatchObject({ level: 'danger', limit: 8 });
	});

	test('that holds still lowers it after a restart', async () => {
		await flood.close();
		await work.live.setSignals({});
		expect(wind('TC-1').value).toBe(12);
		flood = await start();
		expect(wind('TC-1').value).toBe(8);
	});

	test('that is lifted gives the limit back, and the alarm ends when the wind is allowed again', async () => {
		work.pass(60);
		await enter({ colour: 'yellow', lifts: signalId });
		await soon(12);
		expect(wind('TC-1').why).toMatchObject({ kind: 'shipped' });
		await work.keepSending('TC-1', { windMs: 8.5 }, 140);
		expect(openWind()).toBeUndefined();
	});
});
