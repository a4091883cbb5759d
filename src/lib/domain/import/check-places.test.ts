import { describe, expect, test } from 'vitest';
import { CENTER, check, SITE_COLUMNS, site } from '../../../../test/check-table.ts';
import { convertShape, toWgs84, type Datum } from './datum.ts';
import { square } from './square.fixture.ts';

describe('outlines in a column', () => {
	const pits = (wkt: string, datum: Datum = 'wgs84') =>
		check('pits', ['施工许可证编号', '基坑名称', '施工阶段', '轮廓(WKT)'], [['P-1', '一号坑', '开挖', wkt]], {
			datum,
			around: { sites: [{ id: 's', permitNo: 'P-1', name: '湘湖里', at: CENTER }] },
		});
	const corners = square(CENTER, 50).coordinates[0]![0]!;

	test('with heights are taken without them, and the person is told', () => {
		const { changes, problems } = pits(`POLYGON Z ((${corners.map(([x, y]) => `${x} ${y} 6.5`).join(', ')}))`);
		expect(problems).toEqual([expect.objectContaining({ code: 'heights-dropped', weight: 'notice', rows: 1 })]);
		expect(changes[0]!.value.boundary).toEqual(convertShape(square(CENTER, 50), toWgs84('wgs84')));
	});

	test.each([
		['that are no WKT, even if no row has any', '见附图', /WKT 面/],
		[
			'that are not closed',
			`POLYGON ((${corners
				.slice(0, -1)
				.map(([x, y]) => `${x} ${y}`)
				.join(', ')}))`,
			/闭合的环/,
		],
		['that Excel has cut off', `POLYGON ((${'120.1 30.1, '.repeat(3_000)}`, /32767 个字符/],
	])('%s are an error of row and column', (_, wkt, expects) => {
		const [error, ...more] = pits(wkt).errors;
		expect(more).toEqual([]);
		expect(error).toMatchObject({ row: 2, column: '轮廓(WKT)' });
		expect(error!.expects.zh).toMatch(expects);
	});
});

describe('an outline that names its datum', () => {
	const wkt = `POLYGON ((${square(CENTER, 50)
		.coordinates[0]![0]!.map(([x, y]) => `${x} ${y}`)
		.join(', ')}))`;
	const errors = (srid: number, datum: Datum) =>
		check(
			'pits',
			['施工许可证编号', '基坑名称', '施工阶段', '轮廓(WKT)'],
			[['P-1', '一号坑', '开挖', `SRID=${srid};${wkt}`]],
			{
				datum,
				around: { sites: [{ id: 's', permitNo: 'P-1', name: '湘湖里', at: CENTER }] },
			},
		).errors.map(({ expects }) => expects.zh);

	test.each<[number, Datum]>([
		[4326, 'wgs84'],
		[4490, 'wgs84'],
		[4326, 'cgcs2000'],
		// Databases keep what was copied from a map of AMap under 4326.
		[4326, 'gcj02'],
		[0, 'wgs84'],
	])('SRID %d is no contradiction to %s', (srid, datum) => {
		expect(errors(srid, datum)).toEqual([]);
	});

	test.each<[number, Datum]>([
		[4549, 'wgs84'],
		[4326, 'EPSG:4549'],
		[4610, 'wgs84'],
	])('SRID %d contradicts %s', (srid, datum) => {
		expect(errors(srid, datum)[0]).toMatch(`SRID=${srid}`);
	});
});

test.each(['120.27,30.18', '东经120.27°，北纬30.18°', '30.18 120.27'])(
	'a longitude of “%s” is asked to be split',
	(cell) => {
		const { errors } = check('sites', ['施工许可证编号', '项目名称', '经度', '纬度'], [['P-1', '湘湖里', cell, '']]);
		expect(errors.map(({ expects }) => expects.zh)).toEqual([expect.stringContaining('请拆成两列')]);
	},
);

test.each(['formworks', 'scaffolds'] as const)('%s without a position stand at their site, as machines do', (kind) => {
	const { changes, problems } = check(
		kind,
		['施工许可证编号', '名称', '搭设日期'],
		[['P-1', '大堂顶板', '2025-06-03']],
		{
			around: { sites: [{ id: 's', permitNo: 'P-1', name: '湘湖里', at: CENTER }] },
		},
	);
	expect(problems).toEqual([expect.objectContaining({ code: 'position-from-site', weight: 'notice' })]);
	expect(changes[0]!.value.location).toEqual({ type: 'Point', coordinates: CENTER });
});

test('pits with positions and no outline miss their outline, not their positions', () => {
	const columns = ['施工许可证编号', '基坑名称', '施工阶段', '经度', '纬度'];
	const { problems } = check('pits', columns, [['P-1', '一号坑', '开挖', ...CENTER]]);
	expect(problems.map(({ code, message }) => [code, message.zh])).toEqual([
		['missing-column', '缺少必需的列：边界（WKT 列，或面图层）。请指定对应的列。'],
	]);
});

test('a name behind the apostrophe of a list that went out is the name', () => {
	const { changes } = check('sites', SITE_COLUMNS, [site('P-1', "'-1层车库", CENTER)]);
	expect(changes[0]!.value.name).toBe('-1层车库');
});
