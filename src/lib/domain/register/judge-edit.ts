// A change of the register by hand against the rules every file has to pass too: the same fields, the same places, the
// same shapes. Either what is to be written, or what is wrong field by field.

import type { MultiPolygon, Point } from 'geojson';
import type { LngLat } from '../geo.ts';
import { toWgs84, type Datum } from '../import/datum.ts';
import { isSame } from '../import/diff.ts';
import { fieldsOf } from '../import/fields.ts';
import { expectationOf, type Cell, type ImportKind, type Value } from '../import/field.ts';
import { metersOutside, pointInside, type Outline } from '../import/outline.ts';
import type { Change, RegisterRow } from '../import/register.ts';
import { indexSurroundings, nameOf, resolveRow } from '../import/resolve.ts';
import { errorAt, readRow, type MappedColumn, type ReadRow, type RowError } from '../import/row.ts';
import type { Sentence } from '../import/sentence.ts';
import type { Rule } from '../rule.ts';
import { pinyinOf } from '../site/pinyin.ts';

export type EditKind = Exclude<ImportKind, 'towns' | 'grids'>;

export interface Edit {
	kind: EditKind;
	/** Field → as written; null empties it. What is not named stays. */
	values: Readonly<Record<string, Cell>>;
	datum: Datum;
	/** Machines: stands somewhere else from now on, rather than having been written down wrongly. */
	isMove: boolean;
}

/** What is known around it. */
export interface EditAround {
	/** The object as it is; undefined for a new one. */
	found: RegisterRow | undefined;
	site: { id: string; name: string; permitNo: string | null; at: LngLat; outline: Outline | null } | null;
	pit: { id: string; siteId: string; name: string } | null;
	district: Outline | undefined;
	newId: () => string;
	rules: { maxVertices: Rule; districtTolerance: Rule; datumReach: Rule };
}

export type EditVerdict = { ok: true; change: Change; notices: Sentence[] } | { ok: false; errors: RowError[] };

export function judgeEdit(edit: Edit, around: EditAround): EditVerdict {
	const { kind, datum } = edit;
	const { found, rules } = around;
	const columns = columnsOf(edit, around);
	const cells = columns.map(({ field }) => cellOf(field.key, edit, around));
	const convert = toWgs84(datum);
	const reading = { columns, datum, convert, maxVertices: rules.maxVertices.value };
	const read = readRow({ row: 1, cells }, reading);
	read.errors.push(...missingIn(edit, found, read));
	keepPlace(read, edit, found);

	const surroundings = {
		sites: around.site ? [around.site] : [],
		pits: around.pit ? [around.pit] : [],
		towns: [],
		grids: [],
		gazetteer: [],
	};
	const name = edit.values.name === undefined ? found?.values.name : undefined;
	if (typeof name === 'string') read.values.name ??= name;
	const { values } = resolveRow(read, { kind, columns, around: indexSurroundings(surroundings), today: '' });
	read.errors.push(...outsideDistrict(read, edit, around));
	if (read.errors.length > 0) return { ok: false, errors: read.errors };

	const emptied = Object.entries(edit.values).flatMap(([key, cell]) =>
		cell === null && !POSITION.includes(key) ? [[key, null]] : [],
	);
	const next: Record<string, Value> = { ...found?.values, ...values, ...Object.fromEntries(emptied) };
	if (kind === 'sites') next.state ??= 'active';
	const changes = Object.entries(next)
		.filter(([field, to]) => !isSame(found?.values[field] ?? null, to))
		.map(([field, to]) => ({ field, from: found?.values[field] ?? null, to }));
	const orders = orderErrors(kind, next);
	if (orders.length > 0) return { ok: false, errors: orders };
	return {
		ok: true,
		notices: noticesOf(kind, next, around),
		change: {
			row: null,
			change: found ? 'changed' : 'added',
			id: found?.id ?? around.newId(),
			md5: found?.md5 ?? null,
			key: '',
			name: nameOf(kind, next),
			value: {
				...next,
				...(kind === 'sites' && { namePinyin: pinyinOf(String(next.name)) }),
				...(kind === 'machines' && installationOf(edit, around)),
			},
			changes,
			shape: (next.boundary ?? next.location ?? null) as Point | MultiPolygon | null,
		},
	};
}

/** Whether something that stood open is over with these values. */
export function isClosing(kind: EditKind, before: RegisterRow['values'] | undefined, after: Change['value']): boolean {
	const isOver = (values: Readonly<Record<string, unknown>>) => {
		if (kind === 'sites') return values.state === 'finished';
		if (kind === 'machines' || kind === 'formworks' || kind === 'scaffolds')
			return typeof values.removedOn === 'string';
		return kind === 'pits' && typeof values.finishedOn === 'string';
	};
	return before !== undefined && !isOver(before) && isOver(after);
}

const POSITION = ['longitude', 'latitude'];
/** How a file names site and pit; a form knows them already. */
const REFERENCES = ['sitePermitNo', 'siteName', 'pitName'];

function columnsOf({ kind, values }: Edit, { site, pit }: EditAround): MappedColumn[] {
	return fieldsOf(kind)
		.filter(({ key }) => {
			if (key === 'siteName') return kind !== 'sites' && site !== null;
			if (key === 'pitName') return pit !== null;
			return Object.hasOwn(values, key) && !REFERENCES.includes(key);
		})
		.map((field, index) => ({ index, name: field.name.zh, field }));
}

function cellOf(key: string, { values }: Edit, { site, pit }: EditAround): Cell {
	if (key === 'siteName' && site) return site.name;
	if (key === 'pitName' && pit) return pit.name;
	return values[key] ?? null;
}

/** What the register cannot do without: everything required for something new, what was emptied for something old. */
function missingIn({ kind, values }: Edit, found: RegisterRow | undefined, read: ReadRow): RowError[] {
	const isNamed = (key: string) => Object.hasOwn(values, key);
	return fieldsOf(kind)
		.filter(({ key, required }) => required || (kind === 'sites' && key === 'name'))
		.filter(({ key }) => !POSITION.includes(key) && key !== 'boundary')
		.filter(({ key }) => (found === undefined || isNamed(key)) && read.values[key] === undefined)
		.filter(({ key }) => !read.errors.some(({ field }) => field === key))
		.map((field) => errorAt(1, field.name.zh, field.key, values[field.key], expectationOf(field)));
}

/** What is not said about the place stays; a new red line moves the symbol of its site with it. */
function keepPlace(read: ReadRow, { kind, values, isMove }: Edit, found: RegisterRow | undefined): void {
	if (!found) return;
	const { location, boundary } = found.values;
	const hasNewShape = typeof values.boundary === 'string';
	if (!read.shape && !hasNewShape && isOf(boundary, 'MultiPolygon') && values.boundary !== null) read.shape = boundary;
	if (!read.at && isOf(location, 'Point') && !isMove && !(kind === 'sites' && hasNewShape))
		read.at = location.coordinates as LngLat;
}

function isOf<T extends 'Point' | 'MultiPolygon'>(
	value: Value | undefined,
	type: T,
): value is Extract<Value, { type: T }> {
	return typeof value === 'object' && value !== null && value.type === type;
}

/** A place outside the district, with the datum in which it would lie inside: a wrong datum is the usual reason. */
function outsideDistrict(read: ReadRow, { datum }: Edit, { district, rules }: EditAround): RowError[] {
	const at = read.at ?? (read.shape && pointInside(read.shape));
	if (!district || !at) return [];
	const isIn = (place: LngLat) =>
		metersOutside(district, place, rules.datumReach.value) <= rules.districtTolerance.value;
	const written = read.position ?? read.rawShape?.coordinates[0]?.[0]?.[0];
	if (!written || isIn(at)) return [];
	const other = (['wgs84', 'gcj02', 'bd09'] as const).find((one) => one !== datum && isIn(toWgs84(one)(written)));
	const hint = other
		? { zh: `；若坐标系为 ${other} 则在区内`, en: `; as ${other} it would lie inside` }
		: { zh: '', en: '' };
	return [
		errorAt(1, null, read.rawShape ? 'boundary' : 'longitude', written.slice(0, 2).join(', '), {
			zh: `本区范围内的位置${hint.zh}`,
			en: `a place inside the district${hint.en}`,
		}),
	];
}

const ERECTED: [string, string, Sentence] = [
	'erectedOn',
	'removedOn',
	{ zh: '不早于搭设日期的日期', en: 'a day not before it was erected' },
];

/** Days that must follow one another. */
function orderErrors(kind: EditKind, values: Record<string, Value>): RowError[] {
	const pairs: Record<EditKind, [string, string, Sentence][]> = {
		sites: [['startedOn', 'finishedOn', { zh: '不早于开工日期的日期', en: 'a day not before the start' }]],
		machines: [['installedOn', 'removedOn', { zh: '不早于安装日期的日期', en: 'a day not before the installation' }]],
		pits: [['startedOn', 'finishedOn', { zh: '不早于开挖日期的日期', en: 'a day not before the start' }]],
		points: [],
		formworks: [ERECTED],
		scaffolds: [ERECTED],
	};
	return pairs[kind].flatMap(([from, to, expects]) => {
		const [first, last] = [values[from], values[to]];
		return typeof first === 'string' && typeof last === 'string' && last < first
			? [errorAt(1, null, to, last, expects)]
			: [];
	});
}

/** Something that stands outside the red line of its site is often a slip of the finger. */
function noticesOf(kind: EditKind, values: Record<string, Value>, { site, rules }: EditAround): Sentence[] {
	if (kind === 'sites' || !site?.outline) return [];
	const at = isOf(values.location, 'Point')
		? (values.location.coordinates as LngLat)
		: isOf(values.boundary, 'MultiPolygon')
			? pointInside(values.boundary)
			: null;
	const outside = at ? Math.round(metersOutside(site.outline, at, rules.datumReach.value)) : 0;
	return outside > 0
		? [{ zh: `位置在工地红线外约 ${outside} 米`, en: `It lies about ${outside} m outside the red line of its site.` }]
		: [];
}

function installationOf({ isMove }: Edit, { found, newId }: EditAround): Change['value'] {
	const latest = found?.installationId ?? null;
	if (latest !== null && !isMove)
		return { installationId: latest, isNewInstallation: false, endedInstallationId: null };
	return { installationId: newId(), isNewInstallation: true, endedInstallationId: found?.isOpen ? latest : null };
}
