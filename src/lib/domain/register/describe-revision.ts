// A row of the register as it was and as it became, told field by field in the words of people.

import type { Sentence } from '../import/sentence.ts';
import { fieldsOf } from '../import/fields.ts';
import type { Field, ImportKind } from '../import/field.ts';

export interface FieldChange {
	field: Sentence;
	/** Null: nothing was, or is, recorded. */
	from: Sentence | null;
	to: Sentence | null;
}

/** Image of a row: columns by name, shapes as GeoJSON. */
export type RowImage = Readonly<Record<string, unknown>>;

/** Columns nobody reads: numbers of our own, what is computed, where it came from. */
const OWN = new Set(['id', 'no', 'name_pinyin', 'source_id', 'source_row', 'attributes', 'town_code', 'seat']);

/** Columns that are not fields of a file, or are called otherwise there. */
const NAMES: Readonly<Record<string, Sentence>> = {
	location: { zh: '位置', en: 'Position' },
	boundary: { zh: '边界', en: 'Boundary' },
	line: { zh: '边线', en: 'Line' },
	grid_id: { zh: '所属网格', en: 'Grid' },
	site_id: { zh: '所属工地', en: 'Site' },
	pit_id: { zh: '所属基坑', en: 'Pit' },
	side_id: { zh: '所属边', en: 'Side' },
	machine_id: { zh: '设备', en: 'Machine' },
	owner_id: { zh: '建设单位', en: 'Owner' },
	contractor_id: { zh: '施工单位', en: 'Contractor' },
	site_engineer_id: { zh: '监理单位', en: 'Site engineer' },
	equipment_owner_id: { zh: '产权单位', en: 'Equipment owner' },
	grade: { zh: '安全等级', en: 'Safety grade' },
	support: { zh: '支护形式', en: 'Support' },
	name: { zh: '名称', en: 'Name' },
	device_id: { zh: '监测设备', en: 'Device' },
	installation_id: { zh: '绑定的机械', en: 'Bound machine' },
	monitor_point_id: { zh: '绑定的测点', en: 'Bound point' },
	bound_from: { zh: '绑定自', en: 'Bound from' },
	bound_to: { zh: '绑定至', en: 'Bound until' },
	kind: { zh: '类型', en: 'Kind' },
	vendor: { zh: '厂商', en: 'Vendor' },
	expected_interval_s: { zh: '上报间隔（秒）', en: 'Interval in seconds' },
};

const KIND_OF: Readonly<Record<string, ImportKind>> = {
	site: 'sites',
	machine: 'machines',
	installation: 'machines',
	pit: 'pits',
	monitor_point: 'points',
	high_formwork: 'formworks',
	climbing_scaffold: 'scaffolds',
};

/** The field a column of a table is filled from. */
function fieldOf(subject: string, column: string): Field | undefined {
	const kind = KIND_OF[subject];
	return kind && fieldsOf(kind).find(({ key }) => columnOf(key) === column);
}

function columnOf(key: string): string {
	return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * @param subject - table the row is of
 * @param nameOf - the name of a firm, site, pit or machine by its id, where it is known
 */
export function describeRevision(
	subject: string,
	before: RowImage | null,
	after: RowImage | null,
	nameOf: (id: string) => string | undefined,
): FieldChange[] {
	const columns = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
	return columns.flatMap((column) => {
		if (OWN.has(column)) return [];
		const [from, to] = [before?.[column] ?? null, after?.[column] ?? null];
		if (flat(from) === flat(to)) return [];
		const say = (value: unknown) => told(column, fieldOf(subject, column), value, nameOf);
		return [{ field: nameOfColumn(subject, column), from: say(from), to: say(to) }];
	});
}

/** Shapes are written to the millimetre: below that nothing has moved. */
function flat(value: unknown): string {
	return JSON.stringify(value, (_, part: unknown) => (typeof part === 'number' ? Number(part.toFixed(8)) : part));
}

function nameOfColumn(subject: string, column: string): Sentence {
	return NAMES[column] ?? fieldOf(subject, column)?.name ?? { zh: column, en: column };
}

function told(
	column: string,
	field: Field | undefined,
	value: unknown,
	nameOf: (id: string) => string | undefined,
): Sentence | null {
	if (value === null) return null;
	const both = (text: string): Sentence => ({ zh: text, en: text });
	if (typeof value === 'object') return Array.isArray(value) ? both(value.join('、')) : shapeTold(value as ShapeLike);
	const text = String(value);
	if (column.endsWith('_id')) return both(nameOf(text) ?? text);
	if (field?.of.type === 'choice') {
		const [first] = field.of.choices[text] ?? [];
		return first ? { zh: first, en: text } : both(text);
	}
	if (field?.of.type === 'number') return both(`${text} ${field.of.unit}`.trim());
	return both(/^\d{4}-\d\d-\d\dT/.test(text) ? text.slice(0, 16).replace('T', ' ') : text);
}

interface ShapeLike {
	type?: string;
	coordinates?: unknown;
}

function shapeTold({ type, coordinates }: ShapeLike): Sentence {
	if (type === 'Point' && Array.isArray(coordinates)) {
		const text = coordinates.slice(0, 2).map((part) => Number(part).toFixed(6));
		return { zh: text.join(', '), en: text.join(', ') };
	}
	const corners = countCorners(coordinates);
	return { zh: `${corners} 个角点`, en: `${corners} corners` };
}

function countCorners(part: unknown): number {
	if (!Array.isArray(part)) return 0;
	if (typeof part[0] === 'number') return 1;
	return part.reduce<number>((sum, inner) => sum + countCorners(inner), 0);
}
