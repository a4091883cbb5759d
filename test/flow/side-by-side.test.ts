// Readings of one device over several connections to the bureau's broker overtake each other. As long as they are apart by
// less than they wait, what is stored and the history of the alarms are those of one connection.

import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ingestRules } from '#db/rules/ingest.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { stepsOf } from '#lib/server/repositories/alarm-step.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const DEVICES = ['TC-1', 'TC-2'] as const;
/** Fast enough that several are on their way at once. */
const EVERY_MS = 60;
const TICK_MS = 60;
const READINGS = 360;
const START = Date.parse('2026-11-20T08:00:00Z');
const HOLD_MS = ingestRules.mqtt.orderWithin.value * 1000;
const RUNS = Number(process.env.HISTORY_RUNS ?? (process.env.NIGHTLY ? 25 : 3));
const SEED = Number(process.env.HISTORY_SEED ?? (process.env.NIGHTLY ? Date.now() : 20_261_126));

const part = fc.record({
	readings: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 120 })),
	values: fc.record({ momentPercent: fc.constantFrom(30, 86, 93, 104), windMs: fc.constantFrom(4, 11.5, 14) }),
});
const story = fc.record({
	lives: fc.tuple(...DEVICES.map(() => fc.array(part, { minLength: 5, maxLength: 12 }))),
	/** How much longer than the fastest connection each reading takes. */
	behind: fc.array(fc.nat({ max: HOLD_MS - TICK_MS - 1 }), { minLength: 2 * READINGS, maxLength: 2 * READINGS }),
	restartAt: fc.integer({ min: 20, max: READINGS - 20 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

interface Sent {
	device: string;
	atMs: number;
	arrivesMs: number;
	seq: number;
	values: Record<string, number>;
}

function sentOf({ lives, behind }: Story): Sent[] {
	return DEVICES.flatMap((device, line) =>
		lives[line]!.flatMap(({ readings, values }) => Array.from({ length: readings }, () => values))
			.slice(0, READINGS)
			.map((values, seq) => {
				const atMs = START + seq * EVERY_MS;
				return { device, atMs, seq, values, arrivesMs: atMs + behind[line * READINGS + seq]! };
			}),
	);
}

onBoth('readings of several connections', (database) => {
	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.27, 30.17])
			.withSite({ name: '工地', town: '330109001', at: [120.27, 30.17] })
			.withCrane({ site: '工地', record: '浙A-1', device: 'TC-1', intervalS: 1 })
			.withCrane({ site: '工地', record: '浙A-2', device: 'TC-2', intervalS: 1 })
			.build();
	});

	function openOf({ live }: AtWork, deviceId: string, condition: string) {
		const watched = live.state.devices.get(deviceId)!.watches.find(({ rules }) => rules.condition === condition);
		return { peak: watched?.state.open?.peak, count: watched?.state.open?.count };
	}

	async function comesOf(sent: readonly Sent[], holdMs: number, restartAt: number | null) {
		await sql`truncate notice, escalation, alarm, alarm_step, alarm_seen, incident, reading`.execute(database().ingest);
		let work = await AtWork.start(database(), new Date(START).toISOString(), () => holdMs);
		for (let ms = START; ms < START + READINGS * EVERY_MS + 2 * HOLD_MS; ms += TICK_MS) {
			const now = sent.filter(({ arrivesMs }) => arrivesMs >= ms && arrivesMs < ms + TICK_MS);
			// As connections hand them over: in the order they came.
			const readings = now
				.toSorted((a, b) => a.arrivesMs - b.arrivesMs)
				.map(({ device, atMs, seq, values }) => ({ device, at: new Date(atMs).toISOString(), seq, values }));
			work.tick(TICK_MS);
			if (readings.length > 0) await work.send(...readings);
			if (restartAt === null || ms !== START + restartAt * EVERY_MS) continue;
			const at = work.now;
			await work.close();
			work = await AtWork.start(database(), at.toISOString(), () => holdMs);
		}
		await work.live.outbox.drained();
		const rows = await alarmsInScope(database().read, SYSTEM, { limit: 1000, after: 0 });
		const alarms = await Promise.all(
			rows.map(async ({ id, deviceId, condition, raisedAt, clearedAt, level, peak, count, life }) => ({
				...{ deviceId, condition, raisedAt, level, worst: life.worst },
				// Of an open one they are written every half minute only.
				...(clearedAt ? { peak, count } : openOf(work, deviceId, condition)),
				moves: (await stepsOf(database().read, id)).map(({ move, level: to }) => `${move} ${to}`),
			})),
		);
		const { rows: stored } = await sql`
			select device_no, observed_at, seq, values, quality from reading order by 1, 2, 3`.execute(database().read);
		expect(work.faults).toEqual([]);
		await work.close();
		return {
			stored,
			alarms: alarms.sort((a, b) => `${a.deviceId} ${a.condition}`.localeCompare(`${b.deviceId} ${b.condition}`)),
		};
	}

	test(
		'that overtake each other by less than they wait give the same alarms and the same record, over a restart too',
		async () => {
			let alarms = 0;
			await fc.assert(
				fc.asyncProperty(story, async (told) => {
					const sent = sentOf(told);
					const inOrder = sent.map((one) => ({ ...one, arrivesMs: one.atMs }));
					const expected = await comesOf(inOrder, 0, null);
					alarms += expected.alarms.length;
					expect(await comesOf(sent, HOLD_MS, null)).toEqual(expected);
					expect(await comesOf(sent, HOLD_MS, told.restartAt)).toEqual(expected);
				}),
				{ numRuns: RUNS, seed: SEED, path: process.env.HISTORY_PATH, endOnFailure: true },
			);
			expect(alarms).toBeGreaterThan(0);
		},
		Math.max(240_000, RUNS * 60_000),
	);
});
