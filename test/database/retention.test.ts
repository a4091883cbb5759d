// What has reached its age goes, whole days at a time, and the trail says so; partitions are there before they are needed.

import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { dropReadingsBefore, ensureReadingPartitions } from '#lib/server/db/partition.ts';
import { verifyAudit } from '#lib/server/audit/verify.ts';
import { onBoth } from './both.ts';

onBoth('readings that have reached their age', (database) => {
	beforeAll(async () => {
		await ensureReadingPartitions(database().ingest, '2026-01-01', 4);
		await sql`insert into reading (device_no, observed_at, seq, received_at, values)
			select 1, timestamptz '2026-01-01 00:00Z' + n * interval '12 hours', n, now(), '{}' from generate_series(0, 7) as n`.execute(
			database().ingest,
		);
	});
	const count = async (): Promise<number> => {
		const { rows } = await sql<{ n: number }>`select count(*)::int as n from reading`.execute(database().read);
		return rows[0]!.n;
	};

	test('a day that is only partly old stays whole', async () => {
		expect(await dropReadingsBefore(database().ingest, new Date('2026-01-01T23:59:59Z'))).toEqual([]);
		expect(await count()).toBe(8);
	});

	test('days that have ended before go, and the audit trail names them', async () => {
		expect(await dropReadingsBefore(database().ingest, new Date('2026-01-03T00:00:00Z'))).toEqual([
			'2026-01-01',
			'2026-01-02',
		]);
		expect(await count()).toBe(4);
		const entry = await database()
			.read.selectFrom('audit')
			.select(['action', 'object'])
			.where('action', '=', 'reading:drop')
			.executeTakeFirst();
		expect(entry).toEqual({ action: 'reading:drop', object: '2026-01-01 … 2026-01-02' });
		expect(await verifyAudit(database().read)).toMatchObject({ ok: true });
	});

	test('nothing to take away leaves no entry', async () => {
		expect(await dropReadingsBefore(database().ingest, new Date('2026-01-03T00:00:00Z'))).toEqual([]);
		const { rows } = await sql<{
			n: number;
		}>`select count(*)::int as n from audit where action = 'reading:drop'`.execute(database().read);
		expect(rows[0]!.n).toBe(1);
	});
});
