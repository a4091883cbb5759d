// Behind the second wall the planner must still see how many rows a scope lets through. Where it took one row for a
// thousand, lists of the district were joined row by row and the board ran into its deadline.

import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Scope } from '#lib/domain/access/scope.ts';
import { loadDemo } from '#lib/server/commands/load-demo.ts';
import { inScope } from '#lib/server/db/scope.ts';
import { onBoth } from './both.ts';

const DISTRICT: Scope = { kind: 'areas', areas: ['330109'], layers: ['public', 'supervision'] };

onBoth('the district behind the second wall', (database) => {
	beforeAll(async () => {
		await loadDemo(database().ingest, new Date('2026-11-20T08:00:00Z'));
	}, 60_000);

	test.each(['site', 'installation', 'device_binding'] as const)(
		'as many rows of %s as there are, within a tenth',
		async (table) => {
			const db = database().scoped(DISTRICT);
			const { count } = await db
				.selectFrom(table)
				.select(({ fn }) => fn.countAll<number>().as('count'))
				.executeTakeFirstOrThrow();
			const where = table === 'site' ? inScope(DISTRICT, 'site.town_code', 'site.id') : sql`true`;
			const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
			explain (format json) select from ${sql.table(table)} where ${where}`.execute(db);
			const estimated = rows[0]!['QUERY PLAN'][0].Plan['Plan Rows'];
			expect(Number(count)).toBeGreaterThan(500);
			expect(estimated).toBeGreaterThan(Number(count) / 10);
		},
	);
});
