import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { keepRules } from '#db/rules/reading.ts';
import { ensureReadingPartitions } from '#lib/server/db/partition.ts';
import { thinReadings } from '#lib/server/jobs/thin-readings.ts';
import { newestReadings } from '#lib/server/repositories/reading.ts';
import { curveBuckets, readingDays, storageDays } from '#lib/server/repositories/reading-storage.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T08:00:00Z');
const DEVICES = 3;
const keep = {
	...keepRules.embedded,
	raw: { ...keepRules.embedded.raw, value: 5 },
};

onBoth('thinning the past', (database) => {
	const count = async (table: string) => {
		const { rows } = await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(database().read);
		return Number(rows[0]!.n);
	};
	const fill = (day: string, everyS: number, windMs: number | null, quality: string | null = null) =>
		sql`
		insert into reading (device_no, observed_at, seq, received_at, values, quality)
		select d, ${day}::date::timestamp at time zone 'UTC' + n * ${everyS}::float8 * interval '1 second', 0, now(),
			jsonb_build_object('windMs', coalesce(${windMs}::float8, n % 6), 'alarms', 'wind'), ${quality}::jsonb
		from generate_series(1, ${DEVICES}::int) d, generate_series(0, ${86_400 / everyS - 1}::int) n`.execute(
			database().ingest,
		);

	beforeAll(async () => {
		await ensureReadingPartitions(database().ingest, '2026-10-01', 60);
		for (const day of ['2026-11-10', '2026-11-14', '2026-11-18']) await fill(day, 600, null);
		await fill('2026-11-12', 3600, 99, '{"windMs": "outOfRange"}');
	});

	test('a job that is ended in the middle goes on where it was', async () => {
		// Forty empty days, and then ten hours into the first day that has readings.
		let steps = 0;
		const first = await thinReadings(database().ingest, keep, NOW, () => ++steps < 50);
		expect([first.rolledUp, first.dropped.at(-1)]).toEqual([[], '2026-11-09']);
		expect(await count('reading_hour')).toBeGreaterThan(0);
		const second = await thinReadings(database().ingest, keep, NOW);
		expect(second.rolledUp).toContain('2026-11-14');
		expect(await readingDays(database().read)).not.toContain('2026-11-10');
		expect((await storageDays(database().read)).get('2026-11-10')).toMatchObject({ readings: DEVICES * 144 });
	});

	test('what was dropped is still told by minute and hour, the same as before', async () => {
		const hours = await curveBuckets(database().read, 'reading_hour', {
			...{ deviceNo: 2, quantity: 'windMs', stepS: 3600 },
			...{ from: new Date('2026-11-10T00:00:00Z'), to: new Date('2026-11-11T00:00:00Z') },
		});
		expect(hours).toHaveLength(24);
		expect(hours[0]).toEqual({ atMs: Date.UTC(2026, 10, 10), least: 0, greatest: 5, mean: 2.5, n: 6, bad: 0 });
		const minutes = await curveBuckets(database().read, 'reading_minute', {
			...{ deviceNo: 2, quantity: 'windMs', stepS: 60 },
			...{ from: new Date('2026-11-10T00:00:00Z'), to: new Date('2026-11-10T01:00:00Z') },
		});
		expect(minutes.map(({ mean }) => mean)).toEqual([0, 1, 2, 3, 4, 5]);
	});

	test('values that could not be believed enter no mean', async () => {
		const day = { from: new Date('2026-11-12T00:00:00Z'), to: new Date('2026-11-13T00:00:00Z') };
		const hours = await curveBuckets(database().read, 'reading_hour', {
			...{ deviceNo: 1, quantity: 'windMs', stepS: 3600 },
			...day,
		});
		expect(hours).toEqual([]);
	});

	test('again changes nothing, and a late reading of a day not yet dropped is in its roll-up when it is', async () => {
		expect(await thinReadings(database().ingest, keep, NOW)).toEqual({ rolledUp: [], dropped: [] });
		await sql`insert into reading (device_no, observed_at, seq, received_at, values)
			values (1, '2026-11-18T00:00:30Z', 9, now(), '{"windMs": 50}')`.execute(database().ingest);
		await thinReadings(database().ingest, keep, new Date('2026-11-30T00:00:00Z'));
		const [first] = await curveBuckets(database().read, 'reading_hour', {
			...{ deviceNo: 1, quantity: 'windMs', stepS: 3600 },
			...{ from: new Date('2026-11-18T00:00:00Z'), to: new Date('2026-11-18T01:00:00Z') },
		});
		expect(first).toMatchObject({ greatest: 50, n: 7 });
	});

	test('the live page asks only the partitions of the days it shows', async () => {
		const { rows } = await sql<{ 'QUERY PLAN': { Plan: unknown }[] }>`
			explain (format json) select values from reading
			where device_no = 1 and observed_at between '2026-11-28T07:00:00Z' and '2026-11-28T08:00:00Z'`.execute(database().read);
		const touched = new Set(JSON.stringify(rows[0]!['QUERY PLAN']).match(/reading_\d{8}/g));
		expect([...touched]).toEqual(['reading_20261128']);
		expect(await count('reading')).toBe(0);
		const window = { since: new Date('2026-11-20T00:00:00Z'), until: new Date('2026-11-29T00:00:00Z') };
		expect(await newestReadings(database().read, [1], window)).toEqual([]);
	});
});
