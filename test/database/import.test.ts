import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { commitImport } from '#lib/server/commands/commit-import.ts';
import { draftImport, redraftImport, type NewImport } from '#lib/server/commands/draft-import.ts';
import { undoImport } from '#lib/server/commands/undo-import.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { onBoth } from './both.ts';
import { registerState } from './register-state.ts';

const NOW = new Date('2026-11-20T02:00:00Z');
const operator = { operator: true, now: NOW } as const;
const data = join(import.meta.dirname, '../../../shared/data');
const hasData = existsSync(data);
if (!hasData) console.warn('Real registers are not beside this checkout (../shared/data): their tests are skipped.');

const csv = (text: string, kind: NewImport['kind'] = 'sites', more: Partial<NewImport> = {}): NewImport => ({
	kind,
	fileName: `${kind}.csv`,
	bytes: new TextEncoder().encode(text),
	district: '330109',
	datum: 'wgs84',
	...more,
});
const file = (path: string, kind: NewImport['kind'], more: Partial<NewImport> = {}): NewImport => ({
	kind,
	fileName: path.split('/').at(-1)!,
	bytes: new Uint8Array(readFileSync(join(data, path))),
	district: '330109',
	datum: 'wgs84',
	...more,
});

async function bring(db: Db, wish: NewImport, confirm: string[] = []) {
	const draft = await draftImport(db, operator, wish);
	return commitImport(db, operator, draft.id, { confirm });
}

const SITES = `施工许可证编号,项目名称,建筑面积（万㎡）,施工单位,施工单位统一社会信用代码,经度,纬度,状态,开工日期
330109202403050101,湘湖里二期,3.2,浙江甲建设有限公司,91330109MA27XY7C41,120.2501,30.1502,在建,2024年3月5日
330109202405200201,钱江云庭,"1,2.5",浙江乙建设有限公司,,120.2601,30.1702,在建,2024/5/20
330109202406010101,北干公寓,12.5,浙江甲建设有限公司,,120.2701,30.1802,停工,45444
`;
const GOOD_SITES = SITES.replace('"1,2.5"', '12.5').replace(',91330109MA27XY7C41', ',');

onBoth('bringing in a register', (database) => {
	const db = () => database().ingest;

	describe('sites from a spreadsheet', () => {
		test('a bad row names row, column, value and what is expected, and nothing can be committed unless confirmed', async () => {
			const before = await registerState(db());
			const draft = await draftImport(db(), operator, csv(SITES));
			expect(draft.errors).toEqual([
				expect.objectContaining({ row: 2, column: '施工单位统一社会信用代码', value: '91330109MA27XY7C41' }),
				expect.objectContaining({ row: 3, column: '建筑面积（万㎡）', value: '1,2.5' }),
			]);
			expect(draft.needs).toEqual(['bad-rows']);
			await expect(commitImport(db(), operator, draft.id)).rejects.toMatchObject({ code: 'bad-input' });
			await sql`delete from import_draft`.execute(db());
			expect(await registerState(db())).toEqual(before);
		});

		test('a dry run changes nothing but its own draft', async () => {
			const before = await registerState(db(), false);
			const draft = await draftImport(db(), operator, csv(GOOD_SITES));
			expect(draft.counts).toEqual({ rows: 3, added: 3, changed: 0, unchanged: 0, closed: 0, bad: 0 });
			expect(draft.map.features).toHaveLength(3);
			expect(await registerState(db(), false)).toEqual(before);
		});

		test('committed, brought again, changed, undone: each does what it says', async () => {
			const empty = await registerState(db(), false);
			const first = await bring(db(), csv(GOOD_SITES));
			expect(first).toMatchObject({ added: 3, changed: 0, closed: 0 });
			const rows = await sql<{ name: string; m2: number; day: string; firm: string; pinyin: string }>`
				select s.name, floor_area_m2 as m2, started_on::text as day, f.name as firm, name_pinyin as pinyin
				from site s join firm f on f.id = s.contractor_id order by permit_no`.execute(db());
			expect(rows.rows).toEqual([
				{
					name: '湘湖里二期',
					m2: 32_000,
					day: '2024-03-05',
					firm: '浙江甲建设有限公司',
					pinyin: 'xianghulierqi xhleq',
				},
				{
					name: '钱江云庭',
					m2: 125_000,
					day: '2024-05-20',
					firm: '浙江乙建设有限公司',
					pinyin: 'qianjiangyunting qjyt',
				},
				{ name: '北干公寓', m2: 125_000, day: '2024-06-01', firm: '浙江甲建设有限公司', pinyin: 'beigangongyu bggy' },
			]);

			const stored = await registerState(db(), false);
			const again = await bring(db(), csv(GOOD_SITES));
			expect(again).toEqual({ sourceId: null, added: 0, changed: 0, closed: 0, unchanged: 3, skipped: 0 });
			expect(await registerState(db(), false)).toEqual(stored);

			const changed = await bring(db(), csv(GOOD_SITES.replace('停工', '在建').replace('12.5,浙江乙', '13,浙江乙')));
			expect(changed).toMatchObject({ added: 0, changed: 2, unchanged: 1 });
			await expect(undoImport(db(), operator, first.sourceId!)).rejects.toMatchObject({ code: 'conflict' });

			expect(await undoImport(db(), operator, changed.sourceId!)).toMatchObject({ restored: 2, removed: 0 });
			const { source, ...restored } = await registerState(db(), false);
			expect(restored).toEqual(withoutSource(stored));
			expect(source).not.toBe(stored.source);

			await undoImport(db(), operator, first.sourceId!);
			expect(withoutSource(await registerState(db(), false))).toEqual(withoutSource(empty));
			await expect(undoImport(db(), operator, first.sourceId!)).rejects.toMatchObject({ code: 'conflict' });
		});
	});
});

const withoutSource = ({ source: _, ...rest }: Record<string, string>) => rest;
