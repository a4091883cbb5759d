import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { commitImport } from '#lib/server/commands/commit-import.ts';
import { exportRegister } from '#lib/server/commands/export-register.ts';
import { draftImport, redraftImport, type NewImport } from '#lib/server/commands/draft-import.ts';
import { judgeExposures } from '#lib/server/commands/judge-exposures.ts';
import { undoImport } from '#lib/server/commands/undo-import.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { makeWorkbook, sheetRow } from '../make-zip.ts';
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

	describe('what lies around sites', () => {
		const shape = (west: number, south: number, size: number) =>
			`"POLYGON ((${west} ${south}, ${west + size} ${south}, ${west + size} ${south + size}, ${west} ${south + size}, ${west} ${south}))"`;
		const TOWNS = `镇街代码,镇街名称,WKT\n330109001,城厢街道,${shape(120.2, 30.1, 0.1)}\n`;
		const GRIDS = `网格编码,网格员,WKT\n330109001001001,张三,${shape(120.24, 30.14, 0.02)}\n`;
		const SITE = '施工许可证编号,项目名称,经度,纬度\nP-1,湘湖里,120.25,30.15\nP-2,钱江云庭,120.32,30.2\n';
		const MACHINES =
			'产权备案编号,设备类型,施工许可证编号,使用登记编号,出厂日期,额定起重力矩(t·m),安装日期,产权单位\n' +
			'浙A-T-0001,塔吊,P-1,U-1,2019年5月,63,2026-01-05,浙江租赁\n';
		const PITS = `施工许可证编号,基坑名称,阶段,设计深度(m),边界\nP-1,1号坑,开挖,9.5,${shape(120.249, 30.149, 0.001)}\n`;
		const POINTS = '施工许可证编号,测点编号,监测项目,经度,纬度,累计报警值(mm)\nP-1,CX-01,测斜,120.2495,30.1495,30\n';

		test('comes in one after another, and the last can be taken back first', async () => {
			const empty = withoutSource(await registerState(db(), false));
			const sources: string[] = [];
			const bringIt = async (text: string, kind: NewImport['kind'], confirm: string[] = []) => {
				const { sourceId, ...result } = await bring(db(), csv(text, kind), confirm);
				sources.push(sourceId!);
				return result;
			};
			await bringIt(SITE, 'sites');
			expect(await bringIt(TOWNS, 'towns')).toMatchObject({ added: 1 });
			expect(await bringIt(GRIDS, 'grids')).toMatchObject({ added: 1 });
			const placed = await sql<{ permit: string; town: string | null; grid: string | null }>`
				select permit_no as permit, s.town_code as town, g.code as grid from site s
				left join management_grid g on g.id = s.grid_id order by permit_no`.execute(db());
			expect(placed.rows).toEqual([
				{ permit: 'P-1', town: '330109001', grid: '330109001001001' },
				{ permit: 'P-2', town: null, grid: null },
			]);

			await bringIt(MACHINES, 'machines');
			await bringIt(MACHINES.replace('P-1,U-1', 'P-2,U-2').replace('2026-01-05', '2026-06-01'), 'machines');
			const stood = await sql<{ permit: string; from: string; to: string | null; knm: number; made: string }>`
				select s.permit_no as permit, i.installed_on::text as from, i.removed_on::text as to,
					m.rated_moment_knm as knm, m.manufactured_on::text as made
				from installation i join site s on s.id = i.site_id join machine m on m.id = i.machine_id
				order by i.installed_on`.execute(db());
			expect(stood.rows).toEqual([
				{ permit: 'P-1', from: '2026-01-05', to: '2026-06-01', knm: 630, made: '2019-05-01' },
				{ permit: 'P-2', from: '2026-06-01', to: null, knm: 630, made: '2019-05-01' },
			]);

			await bringIt(PITS, 'pits');
			expect(await bringIt(POINTS, 'points')).toMatchObject({ added: 1 });
			for (const [text, kind] of [
				[SITE, 'sites'],
				[TOWNS, 'towns'],
				[GRIDS, 'grids'],
				[PITS, 'pits'],
				[POINTS, 'points'],
			] as const) {
				expect(await bring(db(), csv(text, kind)), kind).toMatchObject({ sourceId: null, added: 0, changed: 0 });
			}

			await expect(undoImport(db(), operator, sources[0]!)).rejects.toMatchObject({ code: 'conflict' });
			for (const source of sources.reverse()) await undoImport(db(), operator, source);
			expect(withoutSource(await registerState(db(), false))).toEqual(empty);
		});

		test('a whole register closes what it does not hold, once that is confirmed', async () => {
			const first = await bring(db(), csv(SITE));
			const draft = await draftImport(
				db(),
				operator,
				csv(SITE.split('\n').slice(0, 2).join('\n'), 'sites', { whole: true }),
			);
			expect(draft.counts).toMatchObject({ unchanged: 1, closed: 1 });
			expect(draft.needs).toEqual(['closes-many']);
			const { sourceId } = await commitImport(db(), operator, draft.id, { confirm: ['closes-many'] });
			const closed = await sql<{ state: string; day: string }>`
				select state, finished_on::text as day from site where permit_no = 'P-2'`.execute(db());
			expect(closed.rows).toEqual([{ state: 'finished', day: '2026-11-20' }]);
			await undoImport(db(), operator, sourceId!);
			await undoImport(db(), operator, first.sourceId!);
		});

		test('a register that has moved on since the dry run is not overwritten', async () => {
			const first = await bring(db(), csv(SITE));
			const draft = await draftImport(db(), operator, csv(SITE.replace('湘湖里', '新名')));
			await sql`update site set address = '市心路' where permit_no = 'P-1'`.execute(db());
			await expect(commitImport(db(), operator, draft.id)).rejects.toMatchObject({ code: 'conflict' });
			await expect(undoImport(db(), operator, first.sourceId!)).rejects.toMatchObject({ code: 'conflict' });
			await sql`update site set address = null where permit_no = 'P-1'`.execute(db());
			await undoImport(db(), operator, first.sourceId!);
		});

		test('two people commit the same draft: one of them does', async () => {
			const draft = await draftImport(db(), operator, csv(SITE));
			const both = await Promise.allSettled([
				commitImport(db(), operator, draft.id),
				commitImport(db(), operator, draft.id),
			]);
			expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
			const done = both.find((result) => result.status === 'fulfilled');
			await undoImport(db(), operator, done!.value.sourceId!);
		});

		test('an import a day old stays', async () => {
			const { sourceId } = await bring(db(), csv(SITE));
			const later = { operator: true, now: new Date(NOW.getTime() + 24 * 3600 * 1000 + 1) } as const;
			await expect(undoImport(db(), later, sourceId!)).rejects.toThrow(/24 hours/);
			await undoImport(db(), operator, sourceId!);
		});
	});

	test('sites that the program has judged meanwhile are no reason against undoing', async () => {
		const { sourceId } = await bring(
			db(),
			csv('施工许可证编号,项目名称,经度,纬度\n330109202403050178,湘湖里四期,120.2505,30.1505\n'),
		);
		const { judged } = await judgeExposures(db(), NOW);
		expect(judged.length).toBeGreaterThan(0);
		expect(await undoImport(db(), operator, sourceId!)).toMatchObject({ removed: 1 });
	});

	test.each(['csv', 'xlsx', 'geojson'] as const)(
		'a register that went out as %s changes nothing when it comes back',
		async (format) => {
			const red = 'POLYGON((120.25 30.15,120.254 30.15,120.254 30.153,120.25 30.153,120.25 30.15))';
			const { sourceId } = await bring(
				db(),
				csv(`施工许可证编号,项目名称,经度,纬度,边界\n330109202403050177,湘湖里三期,120.2505,30.1505,"${red}"\n`),
			);
			const out = await exportRegister(database(), operator, { kind: 'sites', format, datum: 'bd09' });
			const bytes = typeof out === 'string' ? new TextEncoder().encode(out) : new Uint8Array(out);
			const draft = await draftImport(db(), operator, csv('', 'sites', { bytes, datum: 'bd09' }));
			expect(draft.counts).toMatchObject({ added: 0, changed: 0, bad: 0 });
			expect(draft.counts.unchanged).toBeGreaterThan(0);
			await undoImport(db(), operator, sourceId!);
		},
	);

	test('a mapping a person made is remembered for the next file with that header', async () => {
		const text = '编号甲,叫什么,东,北\nP-9,湘湖里,120.25,30.15\n';
		const draft = await draftImport(db(), operator, csv(text));
		expect(draft.canCommit).toBe(false);
		const mapping = { 编号甲: 'permitNo', 叫什么: '项目名称', 东: 'longitude', 北: 'latitude' };
		const mapped = await redraftImport(db(), operator, draft.id, '330109', { mapping });
		expect(mapped).toMatchObject({ id: draft.id, canCommit: true, counts: { added: 1 } });
		const { sourceId } = await commitImport(db(), operator, draft.id);
		const next = await draftImport(db(), operator, csv(text.replace('P-9', 'P-10')));
		expect(next.columns.map(({ field, by }) => [field, by])).toEqual([
			['permitNo', 'remembered'],
			['name', 'remembered'],
			['longitude', 'remembered'],
			['latitude', 'remembered'],
		]);
		await undoImport(db(), operator, sourceId!);
	});

	test('a workbook is read again by another of its sheets; what was said of the first one’s columns is forgotten', async () => {
		const sheet = sheetRow(1, ['甲', '东', '北']) + sheetRow(2, ['P-21', 120.26, 30.16]);
		const second =
			sheetRow(1, ['施工许可证编号', '工程名称', '经度', '纬度']) + sheetRow(2, ['P-22', '湘湖里', 120.25, 30.15]);
		const workbook = csv('', 'sites', { fileName: 'sites.xlsx', bytes: makeWorkbook({ sheet, second }) });
		const draft = await draftImport(db(), operator, workbook);
		expect(draft.sheets).toEqual(['台账', '说明']);
		const other = await redraftImport(db(), operator, draft.id, '330109', { sheet: '说明' });
		expect(other).toMatchObject({ sheets: ['说明', '台账'], canCommit: false });
		expect(other.columns.map(({ name }) => name)).toEqual(['甲', '东', '北']);
		const mapping = { 甲: 'permitNo', 东: 'longitude', 北: 'latitude' };
		const mapped = await redraftImport(db(), operator, draft.id, '330109', { mapping });
		expect(mapped).toMatchObject({ sheets: ['说明', '台账'], counts: { added: 1 } });
		const back = await redraftImport(db(), operator, draft.id, '330109', { sheet: '台账' });
		expect(back).toMatchObject({ sheets: ['台账', '说明'], canCommit: true, counts: { added: 1 } });
		expect(back.preview[0]!.name).toContain('湘湖里');
	});

	test('a person of one town may not bring in the register of the district', async () => {
		const grants = [{ role: 'analyst', area: '330109001', layers: ['supervision'] }] as const;
		const caller = {
			principal: { kind: 'person', id: '1', name: '', isDemo: false, grants },
			address: null,
			now: NOW,
		} as const;
		await expect(draftImport(db(), caller, csv(GOOD_SITES))).rejects.toMatchObject({ code: 'forbidden' });
	});

	const READ_BUT_BAD: [string, NewImport['kind'], string][] = [
		['header-only.csv', 'sites', 'no-rows'],
		['permit-twice.csv', 'sites', 'bad-rows'],
		['axes-exchanged.csv', 'sites', 'axes-swapped'],
		['null-island.csv', 'sites', 'bad-rows'],
		['no-position.csv', 'sites', 'no-position'],
		['self-crossing.geojson', 'towns', 'bad-rows'],
		['unclosed.geojson', 'towns', 'bad-rows'],
		['broken-geometry.geojson', 'towns', 'bad-rows'],
	];
	test.each(READ_BUT_BAD)('%s ends in a clear problem and an unchanged database', async (name, kind, code) => {
		await sql`delete from import_draft`.execute(db());
		const before = await registerState(db());
		const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, '../files/bad', name)));
		const draft = await draftImport(db(), operator, csv('', kind, { fileName: name, bytes }));
		expect(draft.problems.map((problem) => problem.code)).toContain(code);
		await expect(commitImport(db(), operator, draft.id)).rejects.toMatchObject({ code: 'bad-input' });
		await sql`delete from import_draft`.execute(db());
		expect(await registerState(db())).toEqual(before);
	});

	test.skipIf(!hasData)(
		"a real city's permits: all outside the district, confirmed, on the map, again nothing, undone",
		async () => {
			const empty = withoutSource(await registerState(db(), false));
			const calgary = file('calgary_building_permits_nopii.csv', 'sites');
			const draft = await draftImport(db(), operator, calgary);
			expect(draft.counts).toMatchObject({ rows: 5000, added: 5000, bad: 0 });
			expect(draft.needs).toEqual(['outside-district']);
			expect(draft.problems[0]?.message.en).toBe('All rows lie outside the district.');
			await expect(commitImport(db(), operator, draft.id)).rejects.toThrow(/All rows lie outside the district/);

			const { sourceId } = await commitImport(db(), operator, draft.id, { confirm: ['outside-district'] });
			const stored = await sql<{ count: string; lng: number }>`
			select count(*) as count, min(st_x(location)) as lng from site where state in ('active', 'finished', 'suspended')`.execute(
				db(),
			);
			expect(stored.rows[0]).toMatchObject({ count: '5000', lng: expect.closeTo(-114.27, 1) });
			expect(await bring(db(), calgary, ['outside-district'])).toMatchObject({ sourceId: null, unchanged: 5000 });
			expect(await undoImport(db(), operator, sourceId!)).toMatchObject({ removed: 5000 });
			expect(withoutSource(await registerState(db(), false))).toEqual(empty);
		},
	);

	test.skipIf(!hasData)('a real register without coordinates explains itself', async () => {
		const draft = await draftImport(db(), operator, file('nyc_active_construction_sites_2016_nopii.csv', 'sites'));
		expect(draft.canCommit).toBe(false);
		expect(draft.problems[0]).toMatchObject({
			code: 'no-position',
			message: { en: expect.stringContaining('no positions') },
		});
		await sql`delete from import_draft`.execute(db());
	});

	test.skipIf(!hasData)('the real towns of the district, and the same towns in the wrong datum', async () => {
		const path = 'geo/xiaoshan-towns25-2021plus-wgs84.geojson';
		const draft = await draftImport(db(), operator, file(path, 'towns'));
		expect(draft.problems.filter(({ weight }) => weight !== 'notice').map(({ code }) => code)).toEqual(['bad-rows']);
		// Zones that are no towns have no code of their own in the published list, and say so.
		expect(draft.errors.every(({ field }) => field === 'code')).toBe(true);
		const { sourceId, added } = await commitImport(db(), operator, draft.id, { confirm: ['bad-rows'] });
		expect(added).toBe(25 - draft.counts.bad);
		expect(added).toBeGreaterThanOrEqual(20);

		const wrong = await draftImport(db(), operator, file(path, 'towns', { datum: 'gcj02' }));
		expect(wrong.datumVerdict.looksLike).toBe('wgs84');
		expect(wrong.needs).toContain('datum-mistake');
		await sql`delete from import_draft`.execute(db());
		await undoImport(db(), operator, sourceId!);
	});
});

const withoutSource = ({ source: _, ...rest }: Record<string, string>) => rest;
