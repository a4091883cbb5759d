// The demonstration district in the database: complete, quick, whole or not at all.

import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { loadDemo } from '#lib/server/commands/load-demo.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T01:00:00Z');

describe('loading the demonstration district', () => {
	onBoth('into an empty register', (database) => {
		test('a load that fails half-way leaves nothing behind', async () => {
			const { ingest, read } = database();
			const fails = (line: string) => {
				if (line.startsWith('machine')) throw new Error('pulled the plug');
			};
			await expect(loadDemo(ingest, NOW, fails)).rejects.toThrow('pulled the plug');
			const { rows } = await sql<{ n: string }>`select count(*) n from source`.execute(read);
			expect(Number(rows[0]!.n)).toBe(0);
		});

		test('says what it does', async () => {
			const lines: string[] = [];
			await loadDemo(database().ingest, NOW, (line) => lines.push(line));
			expect(lines.some((line) => line.startsWith('site 540'))).toBe(true);
		});

		test('shows the published numbers', async () => {
			const { rows } = await sql<Record<string, string>>`select
				(select count(*) from site where state <> 'finished') sites,
				(select sum(floor_area_m2) from site) area,
				(select count(distinct site_id) from pit where depth_m >= 5 and finished_on is null) pits,
				(select count(*) from high_formwork where removed_on is null) formworks,
				(select count(*) from climbing_scaffold where removed_on is null) scaffolds,
				(select count(*) from installation where removed_on is null) machines,
				(select count(*) from expert) experts`.execute(database().read);
			expect(Object.values(rows[0]!).map(Number)).toEqual([540, 38_420_000, 129, 24, 13, 1071, 131]);
		});

		test('every geometry is valid for the database too, machines stand in their red line, red lines in their town', async () => {
			const { rows } = await sql<Record<string, string>>`select
				(select count(*) from site where not st_isvalid(boundary)) sites,
				(select count(*) from management_grid where not st_isvalid(boundary)) grids,
				(select count(*) from pit where not st_isvalid(boundary)) pits,
				(select count(*) from installation i join site s on s.id = i.site_id
					where not st_covers(s.boundary, i.location)) machines,
				(select count(*) from site s join town t on t.code = s.town_code
					where not st_covers(t.boundary, s.boundary)) towns,
				(select count(*) from site a join site b on a.id < b.id and a.boundary && b.boundary
					and st_intersects(a.boundary, b.boundary)) crossings`.execute(database().read);
			expect(Object.values(rows[0]!).map(Number)).toEqual([0, 0, 0, 0, 0, 0]);
		});

		test('lists, history and JSON arrive as they were', async () => {
			const site = await database()
				.read.selectFrom('site')
				.selectAll()
				.orderBy('no')
				.limit(1)
				.executeTakeFirstOrThrow();
			expect(site.name_pinyin).toMatch(/^[a-z0-9]+ [a-z0-9]+$/);
			expect(site.attributes).toEqual({ use: expect.any(String) as string });
			const visit = await database().read.selectFrom('visit').selectAll().limit(1).executeTakeFirstOrThrow();
			expect(visit.supervisors.length).toBeGreaterThanOrEqual(2);
			const moved = await database()
				.read.selectFrom('installation')
				.select('machine_id')
				.where('removed_on', 'is not', null)
				.execute();
			expect(moved).toHaveLength(90);
		});

		test('is refused when the register holds anything', async () => {
			await expect(loadDemo(database().ingest, NOW)).rejects.toMatchObject({ code: 'conflict' });
		});
	});
});
