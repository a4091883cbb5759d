// What Citus asks of a table before it can be distributed by a column, held by the schema: so that the step beyond one
// server (docs/scale.md) stays open. Citus itself is not part of the tests.

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { onBoth } from './both.ts';

onBoth('readings could be distributed by device', (database) => {
	test('whatever is unique among them is unique within a device', async () => {
		const { rows } = await sql<{ name: string; columns: string[] }>`
			select i.indexrelid::regclass::text as name, array_agg(a.attname::text) as columns
			from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey::int2[])
			where i.indrelid = 'reading'::regclass and i.indisunique group by i.indexrelid`.execute(database().read);
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.filter(({ columns }) => !columns.includes('device_no'))).toEqual([]);
	});

	test('no row elsewhere refers to one of them, they refer to none, and nothing is done by triggers', async () => {
		const { rows } = await sql<{ name: string }>`
			select conname as name from pg_constraint
			where contype = 'f' and 'reading'::regclass in (conrelid, confrelid)
			union all select tgname from pg_trigger where tgrelid = 'reading'::regclass and not tgisinternal
		`.execute(database().read);
		expect(rows).toEqual([]);
	});
});
