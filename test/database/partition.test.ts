import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ensureReadingPartitions, readingsInDefaultPartition } from '#lib/server/db/partition.ts';
import { onBoth } from './both.ts';

onBoth('partitions of readings', (database) => {
	const store = (at: string): Promise<unknown> =>
		sql`insert into reading (device_no, observed_at, seq, received_at, values)
			values (1, ${at}, 1, ${at}, '{}')`.execute(database().ingest);
	const partitionOf = async (at: string): Promise<unknown> => {
		const { rows } = await sql<{ name: string }>`
			select tableoid::regclass::text as name from reading where observed_at = ${at}`.execute(database().read);
		return rows.map((row) => row.name);
	};

	test('are made ahead, one per day in UTC, and once', async () => {
		expect(await ensureReadingPartitions(database().ingest, '2026-02-27', 3)).toEqual([
			'2026-02-27',
			'2026-02-28',
			'2026-03-01',
		]);
		expect(await ensureReadingPartitions(database().ingest, '2026-02-28', 3)).toEqual(['2026-03-02']);
	});

	test('a reading lies in the partition of its day in UTC', async () => {
		await store('2026-02-27T23:59:59.999Z');
		await store('2026-02-28T00:00:00Z');
		expect(await partitionOf('2026-02-27T23:59:59.999Z')).toEqual(['reading_20260227']);
		expect(await partitionOf('2026-02-28T00:00:00Z')).toEqual(['reading_20260228']);
	});

	test('a reading of another day lies in the default partition and is counted', async () => {
		await store('2025-12-31T12:00:00Z');
		expect(await readingsInDefaultPartition(database().read)).toBe(1);
	});

	test('a day with readings in the default partition is left there, others are made', async () => {
		expect(await ensureReadingPartitions(database().ingest, '2025-12-30', 3)).toEqual(['2025-12-30', '2026-01-01']);
		expect(await partitionOf('2025-12-31T12:00:00Z')).toEqual(['reading_default']);
	});

	test('two processes may ask at the same time', async () => {
		const made = await Promise.all([
			ensureReadingPartitions(database().ingest, '2026-04-01', 5),
			ensureReadingPartitions(database().alarm, '2026-04-01', 5),
		]);
		expect(made.flat()).toHaveLength(5);
	});

	test('refuse what is not a day', async () => {
		await expect(ensureReadingPartitions(database().ingest, '2026-3-1', 1)).rejects.toThrow(/Not a day/);
	});
});
