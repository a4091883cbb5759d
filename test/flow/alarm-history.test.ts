// Whatever the lines do to the readings and however often the program is started again: the history of the alarms is
// that of the ordered stream.

import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import { stepsOf } from '#lib/server/repositories/alarm-step.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const DEVICES = ['TC-1', 'TC-2'] as const;
const STEP_S = 5;
const STEPS = 70;
const START = Date.parse('2026-11-20T08:00:00Z');
/** More and others by night. */
const RUNS = Number(process.env.HISTORY_RUNS ?? (process.env.NIGHTLY ? 60 : 6));
const SEED = Number(process.env.HISTORY_SEED ?? (process.env.NIGHTLY ? Date.now() : 20_261_126));

/** What a crane does for a while; null: it says nothing. */
const part = fc.record({
	steps: fc.integer({ min: 1, max: 14 }),
	values: fc.oneof(
		{
			weight: 6,
			arbitrary: fc.record({
				momentPercent: fc.constantFrom(30, 86, 93, 104),
				windMs: fc.constantFrom(4, 9, 11.5, 14),
			}),
		},
		{ weight: 1, arbitrary: fc.constant({ momentPercent: 999, windMs: 4 }) },
	),
	isSilent: fc.boolean(),
});
/** What becomes of one reading on its way. */
const fate = fc.record({
	repeats: fc.constantFrom(0, 0, 0, 1, 2),
	/** Steps it waits somewhere; one that a newer one has overtaken is history. */
	delay: fc.constantFrom(0, 0, 0, 0, 0, 1, 3),
	/** Seconds its clock is ahead, as after a wrong setting. */
	aheadS: fc.constantFrom(0, 0, 0, 0, 0, 0, 180),
});
const story = fc.record({
	lives: fc.tuple(...DEVICES.map(() => fc.array(part, { minLength: 5, maxLength: 12 }))),
	fates: fc.tuple(...DEVICES.map(() => fc.array(fate, { minLength: STEPS, maxLength: STEPS }))),
	restarts: fc.uniqueArray(fc.integer({ min: 1, max: STEPS - 1 }), { minLength: 1, maxLength: 3 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

interface Sent {
	device: string;
	/** Step in which it arrives. */
	arrives: number;
	/** ms, as its clock says. */
	stampMs: number;
	seq: number;
	values: Record<string, unknown>;
	repeats: number;
}

const momentOf = (step: number) => START + step * STEP_S * 1000;

function arrivals({ lives, fates }: Story): Sent[] {
	return DEVICES.flatMap((device, i) => {
		const said = lives[i]!.flatMap(({ steps, values, isSilent }, index) =>
			Array.from({ length: isSilent && index % 4 === 3 ? steps * 3 : steps }, () =>
				isSilent && index % 4 === 3 ? null : values,
			),
		).slice(0, STEPS);
		return said.flatMap((values, step): Sent[] => {
			const { repeats, delay, aheadS } = fates[i]![step]!;
			if (!values) return [];
			const stampMs = momentOf(step) + aheadS * 1000;
			return [{ device, arrives: step + (aheadS > 0 ? 0 : delay), stampMs, seq: step, values, repeats }];
		});
	}).sort((a, b) => a.arrives - b.arrives || a.seq - b.seq);
}

/** What counts: each reading once, at the moment it was measured, and none that a newer one has overtaken. */
function ordered(sent: readonly Sent[]): Sent[] {
	const newest = new Map<string, number>();
	return sent.flatMap((one) => {
		const atMs = Math.min(one.stampMs, momentOf(one.arrives));
		if (atMs < (newest.get(one.device) ?? -Infinity)) return [];
		newest.set(one.device, atMs);
		return [{ ...one, stampMs: atMs, repeats: 0 }];
	});
}

onBoth('the history of alarms', (database) => {
	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.27, 30.17])
			.withSite({ name: '工地', town: '330109001', at: [120.27, 30.17] })
			.withCrane({ site: '工地', record: '浙A-1', device: 'TC-1' })
			.withCrane({ site: '工地', record: '浙A-2', device: 'TC-2' })
			.build();
	});

	async function historyOf(sent: readonly Sent[], restarts: readonly number[]): Promise<unknown[]> {
		await sql`truncate notice, escalation, alarm, alarm_step, alarm_seen, incident, reading`.execute(database().ingest);
		let work = await AtWork.start(database(), new Date(START).toISOString());
		const earlier: object[] = [];
		for (let step = 0; step < STEPS + 3; step++) {
			const now = sent.filter(({ arrives }) => arrives === step);
			const readings = now.map(({ device, stampMs, seq, values }) => ({
				...{ device, at: new Date(stampMs).toISOString(), seq, values },
			}));
			const again = now.flatMap(({ repeats }) => earlier.slice(-7).slice(0, repeats));
			if (readings.length > 0) await work.send(...readings, ...again);
			earlier.push(...readings);
			for (let second = 0; second < STEP_S; second++) {
				work.pass(1);
				// A second is long for a database.
				if (work.live.outbox.waiting() > 0) await work.live.outbox.drained();
			}
			if (!restarts.includes(step)) continue;
			const at = work.now;
			await work.close();
			expect(work.faults).toEqual([]);
			work = await AtWork.start(database(), at.toISOString());
		}
		// Peak and count of an open alarm are written every half minute, counted from the last start.
		work.pass(31);
		await work.live.outbox.drained();
		const rows = await alarmsInScope(database().read, SYSTEM, { limit: 1000, after: 0 });
		const told = await Promise.all(
			rows
				.filter(({ condition }) => condition === 'moment' || condition === 'wind')
				.map(async ({ id, deviceId, condition, raisedAt, clearedAt, level, peak, count, life }) => ({
					...{ deviceId, condition, raisedAt, clearedAt, level, peak, count, worst: life.worst, flaps: life.flaps },
					// Silence waits for two intervals after a start, so what it suppresses may wait too.
					steps: (await stepsOf(database().read, id))
						.filter(({ move }) => move !== 'suppressed' && move !== 'released')
						.map(({ move, at, level: to }) => `${at.toISOString()} ${move} ${to}`),
				})),
		);
		await work.close();
		return told.sort((a, b) => `${a.deviceId} ${a.condition}`.localeCompare(`${b.deviceId} ${b.condition}`));
	}

	describe('of readings that are repeated, late, stamped by a fast clock, with starts in between', () => {
		test(
			'is that of the ordered stream',
			async () => {
				let alarms = 0;
				await fc.assert(
					fc.asyncProperty(story, async (told) => {
						const sent = arrivals(told);
						const expected = await historyOf(ordered(sent), []);
						alarms += expected.length;
						expect(await historyOf(sent, told.restarts)).toEqual(expected);
					}),
					{ numRuns: RUNS, seed: SEED, path: process.env.HISTORY_PATH, endOnFailure: true },
				);
				expect(alarms).toBeGreaterThan(0);
			},
			Math.max(240_000, RUNS * 10_000),
		);
	});
});
