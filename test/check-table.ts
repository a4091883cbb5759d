// A table checked against a register and a district of a few kilometres, for tests.

import { importRules } from '#db/rules/import.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import { checkTable, type CheckOptions, type Checked, type Table } from '#lib/domain/import/check.ts';
import type { Cell, ImportKind } from '#lib/domain/import/field.ts';
import { fieldsOf } from '#lib/domain/import/fields.ts';
import { proposeMapping } from '#lib/domain/import/mapping.ts';
import { outlineOf } from '#lib/domain/import/outline.ts';
import type { RegisterRow, Surroundings } from '#lib/domain/import/register.ts';
import { square } from '#lib/domain/import/square.fixture.ts';

export const CENTER: LngLat = [120.264, 30.183];
export const DISTRICT = outlineOf(square(CENTER, 10_000));
const NOTHING: Surroundings = { sites: [], pits: [], towns: [], grids: [], gazetteer: [] };

interface Wish extends Partial<CheckOptions> {
	register?: RegisterRow[];
	around?: Partial<Surroundings>;
	district?: typeof DISTRICT;
	file?: Partial<Table>;
}

export function check(
	kind: ImportKind,
	columns: string[],
	rows: Cell[][],
	{ register = [], around, district = DISTRICT, file, ...options }: Wish = {},
): Checked {
	const samples = columns.map((_, index) => rows.map((cells) => cells[index] ?? null));
	let id = 0;
	return checkTable(
		{
			columns,
			rows: rows.map((cells, index) => ({ row: index + 2, cells })),
			hasGeometry: false,
			formulaCells: 0,
			names: [],
			...file,
		},
		register,
		{ ...NOTHING, ...around },
		district,
		{
			kind,
			mapping: proposeMapping(fieldsOf(kind), columns, samples),
			datum: 'wgs84',
			whole: false,
			today: '2026-11-20',
			newId: () => `new-${++id}`,
			rules: importRules,
			...options,
		},
	);
}

export const SITE_COLUMNS = ['施工许可证编号', '项目名称', '经度', '纬度'];
export const site = (permit: string, name: string, [lng, lat]: LngLat | number[]): Cell[] => [permit, name, lng!, lat!];
