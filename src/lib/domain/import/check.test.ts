import { describe, expect, test } from 'vitest';
import { moved } from '../geo.ts';
import { seeded } from '../random.ts';
import { CENTER, check, SITE_COLUMNS, site } from '../../../../test/check-table.ts';
import { convertShape, fromWgs84, toWgs84, type Datum } from './datum.ts';
import type { Cell } from './field.ts';
import { fieldsOf } from './fields.ts';
import { proposeMapping } from './mapping.ts';
import { outlineOf } from './outline.ts';
import type { RegisterRow } from './register.ts';
import { square } from './square.fixture.ts';

/** Sites all over the district, as a register has them: seeded, so the same in every run. */
function scattered(count: number, datum: Datum): Cell[][] {
	const random = seeded(7);
	const out = fromWgs84(datum);
	return Array.from({ length: count }, (_, index) => {
		const at = moved(moved(CENTER, 0, random.between(-9_990, 9_990)), 90, random.between(-9_990, 9_990));
		return site(`P-${index}`, `S ${index}`, out(at));
	});
}

describe('the datum', () => {
	test('is fine when named rightly', () => {
		const { verdict, problems } = check('sites', SITE_COLUMNS, scattered(300, 'gcj02'), { datum: 'gcj02' });
		expect(verdict.looksLike).toBeNull();
		expect(problems).toEqual([]);
	});

	test.each<[Datum, Datum]>([
		['gcj02', 'wgs84'],
		['bd09', 'wgs84'],
		['wgs84', 'gcj02'],
		['gcj02', 'bd09'],
		['gcj02', 'cgcs2000'],
	])('%s declared as %s is called a mistake', (real, declared) => {
		const { verdict, problems } = check('sites', SITE_COLUMNS, scattered(300, real), { datum: declared });
		expect(verdict.looksLike).toBe(real);
		expect(problems.map(({ code }) => code)).toContain('datum-mistake');
	});

	test('must be named, and the one under which most rows lie inside is said', () => {
		const { problems } = check('sites', SITE_COLUMNS, scattered(300, 'gcj02'), { datum: null });
		expect(problems).toContainEqual(
			expect.objectContaining({
				code: 'datum-missing',
				weight: 'blocks',
				message: expect.objectContaining({ en: expect.stringContaining('GCJ-02') }),
			}),
		);
	});

	test('is doubted when known sites stand half a kilometre off, all alike', () => {
		const register: RegisterRow[] = [1, 2, 3].map((n) => {
			const at = moved(CENTER, n * 90, 1_000);
			return {
				id: `s${n}`,
				md5: '',
				values: { permitNo: `P-${n}`, name: `S ${n}`, location: { type: 'Point', coordinates: at } },
				isOpen: true,
				isDemo: false,
				at,
			};
		});
		const rows = register.map(({ values, at }) =>
			site(String(values.permitNo), String(values.name), fromWgs84('gcj02')(at!)),
		);
		expect(check('sites', SITE_COLUMNS, rows, { register }).verdict.looksLike).toBe('gcj02');
	});

	test('of metres is converted', () => {
		const rows = [site('P-1', 'S', fromWgs84('EPSG:4549')(CENTER))];
		const { changes, problems } = check('sites', SITE_COLUMNS, rows, { datum: 'EPSG:4549' });
		expect(problems).toEqual([]);
		const [lng, lat] = (changes[0]!.shape as { coordinates: number[] }).coordinates as [number, number];
		expect([lng, lat].map((value) => Number(value.toFixed(6)))).toEqual(CENTER);
	});
});

describe('positions', () => {
	test('exchanged are said to be', () => {
		const rows = [1, 2, 3].map((n) => site(`P-${n}`, `S ${n}`, [30.18 + n / 1000, 120.26]));
		const { problems } = check('sites', SITE_COLUMNS, rows);
		expect(problems.map(({ code }) => code)).toContain('axes-swapped');
		expect(problems.find(({ code }) => code === 'axes-swapped')?.weight).toBe('blocks');
	});

	test('northing in the column X, as survey tables have it, is said to be', () => {
		const [east, north] = fromWgs84('EPSG:4549')(CENTER);
		const { problems } = check('sites', ['施工许可证编号', '项目名称', 'X', 'Y'], [['P-1', 'S', north, east]], {
			datum: 'EPSG:4549',
		});
		expect(problems.find(({ code }) => code === 'axes-swapped')?.message.en).toContain('northing');
	});

	test('at 0,0 are an error of the row', () => {
		const { errors } = check('sites', SITE_COLUMNS, [site('P-1', 'S', [0, 0]), site('P-2', 'T', CENTER)]);
		expect(errors).toEqual([expect.objectContaining({ row: 2, column: '经度', value: '0, 0' })]);
	});

	test('far outside need a confirmation', () => {
		const { problems, bad } = check('sites', SITE_COLUMNS, [site('P-1', 'S', [-114.07, 51.05])]);
		expect(bad).toBe(0);
		expect(problems).toEqual([expect.objectContaining({ code: 'outside-district', weight: 'confirm', rows: 1 })]);
	});

	test('of half a pair are an error', () => {
		const { errors } = check('sites', SITE_COLUMNS, [['P-1', 'S', 120.26, null]]);
		expect(errors[0]).toMatchObject({ row: 2, field: 'latitude' });
	});

	test('that no column holds are missed in words', () => {
		const { problems } = check('sites', ['Job #', 'House #', 'Street Name'], [['320707749', '329', 'STERLING ST.']]);
		expect(problems[0]).toMatchObject({ code: 'no-position', weight: 'blocks' });
	});
});

describe('rows against the register', () => {
	const at = CENTER;
	const known: RegisterRow = {
		id: 'known',
		md5: 'x',
		values: {
			permitNo: 'P-1',
			name: 'S',
			state: 'active',
			address: '市心路 1 号',
			location: { type: 'Point', coordinates: at },
		},
		isOpen: true,
		isDemo: false,
		at,
	};

	test('the same again is unchanged', () => {
		const { changes, diff } = check('sites', SITE_COLUMNS, [site('P-1', 'S', at)], { register: [known] });
		expect(changes).toEqual([]);
		expect(diff.unchanged).toBe(1);
	});

	test('a change is told field by field, and what the file does not say stays', () => {
		const { changes } = check('sites', SITE_COLUMNS, [site('P-1', '新名', at)], { register: [known] });
		expect(changes).toEqual([
			expect.objectContaining({ change: 'changed', id: 'known', changes: [{ field: 'name', from: 'S', to: '新名' }] }),
		]);
		expect(changes[0]!.value.address).toBe('市心路 1 号');
	});

	test('an empty cell says nothing', () => {
		const { changes } = check('sites', [...SITE_COLUMNS, '地址'], [[...site('P-1', 'S', at), '']], {
			register: [known],
		});
		expect(changes).toEqual([]);
	});

	test('only a whole register closes what it does not hold', () => {
		const rows = [site('P-2', 'T', at)];
		expect(check('sites', SITE_COLUMNS, rows, { register: [known] }).changes.map(({ change }) => change)).toEqual([
			'added',
		]);
		const whole = check('sites', SITE_COLUMNS, rows, { register: [known], whole: true });
		expect(whole.changes.map(({ change, value }) => [change, value.state, value.finishedOn ?? null])).toEqual([
			['added', 'active', null],
			['closed', 'finished', '2026-11-20'],
		]);
		expect(whole.problems).toEqual([expect.objectContaining({ code: 'closes-many', weight: 'confirm', rows: 1 })]);
	});

	test('a permit number twice in the file is an error of the second row', () => {
		const { errors, changes } = check('sites', SITE_COLUMNS, [site('P-1', 'S', at), site('p-1 ', 'T', at)]);
		expect(errors).toEqual([
			expect.objectContaining({
				row: 3,
				column: '施工许可证编号',
				value: 'P-1',
				expects: expect.objectContaining({ en: expect.stringContaining('row 2') }),
			}),
		]);
		expect(changes).toHaveLength(1);
	});

	test('a site lies in the town and grid that hold it', () => {
		const town = { code: '330109001', name: '城厢街道', outline: outlineOf(square(at, 1_000)) };
		const grid = { id: 'g', code: '330109001001001', townCode: '330109001', outline: outlineOf(square(at, 200)) };
		const { changes } = check('sites', SITE_COLUMNS, [site('P-1', 'S', at), site('P-2', 'T', moved(at, 0, 600))], {
			around: { towns: [town], grids: [grid] },
		});
		expect(changes.map(({ value }) => [value.townCode, value.gridId ?? null])).toEqual([
			['330109001', 'g'],
			['330109001', null],
		]);
	});
});

describe('machines', () => {
	const columns = ['产权备案编号', '设备类型', '工程名称', '使用登记编号', '安装日期', '额定起重力矩(t·m)'];
	const sites = [
		{ id: 's1', permitNo: 'P-1', name: '甲', at: CENTER },
		{ id: 's2', permitNo: 'P-2', name: '乙', at: CENTER },
		{ id: 's3', permitNo: 'P-3', name: '丙', at: CENTER },
		{ id: 's4', permitNo: 'P-4', name: '丙', at: CENTER },
	];
	const row = (name: string, registration = 'U-1'): Cell[] => ['浙A-1', '塔吊', name, registration, '2026-01-05', '63'];
	const known: RegisterRow = {
		id: 'm1',
		md5: 'x',
		values: {
			propertyRecordNo: '浙A-1',
			kind: 'towerCrane',
			siteId: 's1',
			useRegistrationNo: 'U-1',
			installedOn: '2026-01-05',
			removedOn: null,
			ratedMomentKnm: 630,
			siteNo: '1#',
			location: { type: 'Point', coordinates: moved(CENTER, 0, 30) },
		},
		isOpen: true,
		isDemo: false,
		at: CENTER,
		installationId: 'i1',
	};

	test('without a position of their own stand at their site, and the person is told', () => {
		const { changes, problems } = check('machines', columns, [row('甲')], { around: { sites } });
		expect(changes[0]).toMatchObject({
			change: 'added',
			value: { siteId: 's1', ratedMomentKnm: 630, isNewInstallation: true, location: { coordinates: CENTER } },
		});
		expect(problems).toEqual([expect.objectContaining({ code: 'position-from-site', weight: 'notice' })]);
	});

	test('that are placed already stay where they are', () => {
		expect(check('machines', columns, [row('甲')], { around: { sites }, register: [known] }).changes).toEqual([]);
	});

	test('at another site begin a new installation and end the old one, and keep nothing of it', () => {
		const { changes } = check('machines', columns, [row('乙', 'U-2')], { around: { sites }, register: [known] });
		expect(changes[0]?.value).toMatchObject({ siteId: 's2', isNewInstallation: true, endedInstallationId: 'i1' });
		expect(changes[0]?.value.siteNo).toBeUndefined();
	});

	test('of a site that is not in the register are an error', () => {
		expect(check('machines', columns, [row('丁')], { around: { sites } }).errors).toEqual([
			expect.objectContaining({ row: 2, column: '工程名称', value: '丁' }),
		]);
	});

	test('of a name that two sites share need the permit number', () => {
		expect(check('machines', columns, [row('丙')], { around: { sites } }).errors[0]?.expects.en).toContain(
			'permit number',
		);
	});
});

describe('what a file says of its own datum', () => {
	test('in the head of its longitudes is believed, and another one declared for it doubted', () => {
		const columns = ['施工许可证编号', '项目名称', '高德经度', '高德纬度'];
		const doubts = (datum: Datum) =>
			check('sites', columns, [site('P-1', 'S', CENTER)], { datum }).problems.map(({ code }) => code);
		expect(doubts('wgs84')).toEqual(['datum-mistake']);
		expect(doubts('gcj02')).toEqual([]);
	});

	const inZone = (datum: Datum) => [site('P-1', 'S', fromWgs84(datum)(CENTER))];
	const hint = { datum: 'EPSG:4549', from: '.prj' } as const;

	test('is told and used to look at it until a person names the datum', () => {
		const { problems, bad } = check('sites', SITE_COLUMNS, inZone('EPSG:4549'), {
			datum: null,
			file: { datumHint: hint },
		});
		expect(bad).toBe(0);
		expect(problems).toEqual([
			expect.objectContaining({
				code: 'datum-missing',
				message: expect.objectContaining({ en: expect.stringContaining('EPSG:4549') }),
			}),
		]);
	});

	test('against what was declared is a datum mistake to be confirmed', () => {
		const rows = inZone('EPSG:4549');
		expect(
			check('sites', SITE_COLUMNS, rows, { datum: 'EPSG:4550', file: { datumHint: hint } }).problems.map(
				({ code }) => code,
			),
		).toEqual(['datum-mistake', 'outside-district']);
		expect(check('sites', SITE_COLUMNS, rows, { datum: 'EPSG:4549', file: { datumHint: hint } }).problems).toEqual([]);
	});

	test('cannot be GCJ-02, so that declared over degrees is no contradiction', () => {
		const rows = [site('P-1', 'S', fromWgs84('gcj02')(CENTER))];
		const file = { datumHint: { datum: 'wgs84', from: 'crs' } } as const;
		expect(check('sites', SITE_COLUMNS, rows, { datum: 'gcj02', file }).problems).toEqual([]);
	});

	test('and cannot be converted must be confirmed', () => {
		const file = { strangeDatum: 'Xian_1980_3_Degree_GK_CM_120E' };
		expect(check('sites', SITE_COLUMNS, inZone('EPSG:4549'), { datum: 'EPSG:4549', file }).problems).toEqual([
			expect.objectContaining({ code: 'datum-strange', weight: 'confirm' }),
		]);
	});
});

test.each<[string, Datum, Datum]>([
	['metres declared as degrees', 'EPSG:4549', 'wgs84'],
	['degrees declared as metres', 'wgs84', 'EPSG:4549'],
])('%s block with a sentence', (_, really, datum) => {
	const rows = [site('P-1', 'S', fromWgs84(really)(CENTER))];
	expect(check('sites', SITE_COLUMNS, rows, { datum }).problems[0]).toMatchObject({
		code: 'wrong-unit',
		weight: 'blocks',
	});
});

test('permits that a spreadsheet has spoilt are errors, not sites without a permit', () => {
	const rows = [3.3010920250601e17, '3.30109E+17'].map((permit): Cell[] => [permit, 'S', ...CENTER]);
	const { errors, changes } = check('sites', ['施工许可证号', '项目名称', '经度', '纬度'], rows);
	expect(changes).toEqual([]);
	expect(errors.map(({ row, column, expects }) => [row, column, expects.en.includes('as text')])).toEqual([
		[2, '施工许可证号', true],
		[3, '施工许可证号', true],
	]);
});

test('a red line that is the same leaves the site where it stands', () => {
	const boundary = convertShape(square(CENTER, 100), toWgs84('wgs84'));
	const location = { type: 'Point' as const, coordinates: moved(CENTER, 45, 20) };
	const known: RegisterRow = {
		id: 's1',
		md5: 'x',
		values: { permitNo: 'P-1', name: 'S', boundary, location, state: 'active' },
		isOpen: true,
		isDemo: false,
		at: location.coordinates,
	};
	const wkt = `POLYGON (${boundary.coordinates[0]!.map((ring) => `(${ring.map((at) => at.join(' ')).join(', ')})`).join(', ')})`;
	const { changes, diff } = check('sites', ['施工许可证编号', '项目名称', '边界'], [['P-1', 'S', wkt]], {
		register: [known],
	});
	expect(changes).toEqual([]);
	expect(diff.unchanged).toBe(1);
});

test('names of columns that a shapefile has cut are still known', () => {
	const columns = ['工程名', '施工许', '建设单'];
	const samples = [['湘湖里'], ['330109202403050101'], ['甲公司']];
	expect(proposeMapping(fieldsOf('sites'), columns, samples)).toEqual({
		工程名: 'name',
		施工许: 'permitNo',
		建设单: 'owner',
	});
});

test('topographic data of a large area is refused as a state secret may be', () => {
	const rows = [site('P-1', 'S', CENTER), site('P-2', 'T', moved(CENTER, 45, 9_000))].map((cells) => [...cells, 12]);
	const { problems } = check('sites', [...SITE_COLUMNS, '高程点'], rows);
	expect(problems).toEqual([expect.objectContaining({ code: 'restricted-area', weight: 'blocks' })]);
});

describe('the day from which an area holds', () => {
	const town = { id: '330109001', code: '330109001', name: '城厢街道', outline: outlineOf(square(CENTER, 5000)) };
	const ring = square(CENTER, 500)
		.coordinates[0]![0]!.map(([lng, lat]) => `${lng} ${lat}`)
		.join(', ');
	const of = (from: string) =>
		check('grids', ['网格编码', '边界', '生效日期'], [['330109001000001', `POLYGON ((${ring}))`, from]], {
			around: { towns: [town] },
		});

	test.each(['2026-11-20', '2026-01-01'])('may be %s: today or before', (from) => {
		expect(of(from).errors).toEqual([]);
	});

	test('is refused when it is still to come: the area would hold at once', () => {
		expect(of('2026-11-21').errors).toMatchObject([{ row: 2, field: 'validFrom', value: '2026-11-21' }]);
	});
});
