// A whole file against the whole register: what would be added, changed and closed, every error with its row, and what a
// person has to know or confirm before any of it is done.

import type { Position } from 'geojson';
import type { LngLat } from '../geo.ts';
import { datumInWords, toWgs84, type Datum } from './datum.ts';
import { judgeDatum, type DatumRules, type DatumVerdict } from './datum-verdict.ts';
import { diffRows, type Diff } from './diff.ts';
import type { ImportKind } from './field.ts';
import { fieldNamed, type Mapping } from './mapping.ts';
import { fieldsOf } from './fields.ts';
import { metersOutside, type Outline } from './outline.ts';
import { problemsIn, type Problem } from './problems.ts';
import type { Change, RegisterRow, Surroundings } from './register.ts';
import { indexSurroundings, resolveRow, type ResolvedRow } from './resolve.ts';
import { errorAt, readRow, type MappedColumn, type ReadRow, type RowError, type SourceRow } from './row.ts';
import { coveredKm2, looksTopographic } from './restricted.ts';
import type { Rule } from '../rule.ts';

export interface Table {
	columns: readonly string[];
	rows: Iterable<SourceRow>;
	/** Features of a layer carry their geometry beside the columns. */
	hasGeometry: boolean;
	/** Cells that hold a formula; their last result was read. */
	formulaCells: number;
	/** Cells whose formula failed; they were read as empty. */
	failedCells?: { count: number; first: readonly string[] };
	/** Names of layers and sheets inside the file. */
	names: readonly string[];
	/** Datum the file itself names, and where; or the name of one that is not known. */
	datumHint?: { datum: Datum; from: string } | null;
	strangeDatum?: string | null;
	/** Rows that sum up or sign and are no data. */
	footRows?: readonly number[];
	/** Sheets with rows that were not read. */
	otherSheets?: readonly string[];
}

export interface CheckOptions {
	kind: ImportKind;
	mapping: Mapping;
	datum: Datum | null;
	/** The file is the whole register: what it does not hold is closed. */
	whole: boolean;
	today: string;
	newId: () => string;
	rules: DatumRules & { maxVertices: Rule; restrictedAreaKm2: Rule };
}

export interface Checked {
	rows: number;
	changes: Change[];
	diff: Pick<Diff, 'unchanged' | 'closed' | 'open'>;
	bad: number;
	errors: RowError[];
	verdict: DatumVerdict;
	problems: Problem[];
}

export function checkTable(
	table: Table,
	register: readonly RegisterRow[],
	surroundings: Surroundings,
	district: Outline | undefined,
	options: CheckOptions,
): Checked {
	const columns = mappedColumns(table.columns, options);
	// Until a person names the datum, the file's own word shows what it would be.
	const hint = table.datumHint ?? hintOfColumn(columns);
	const datum = options.datum ?? hint?.datum ?? null;
	const reading = { columns, datum, convert: toWgs84(datum ?? 'wgs84'), maxVertices: options.rules.maxVertices.value };
	const resolving = { kind: options.kind, columns, around: indexSurroundings(surroundings), today: options.today };

	const resolved: ResolvedRow[] = [];
	for (const source of table.rows) resolved.push(resolveRow(readRow(source, reading), resolving));

	const good = resolved.filter(({ read }) => read.errors.length === 0);
	const diff = diffRows(good, register, options);
	const column = columns.find(({ field }) => field.key === KEY_FIELD[options.kind])?.name ?? null;
	const keyErrors = [
		...diff.repeated.map(({ row, first, key }) =>
			errorAt(row, column, KEY_FIELD[options.kind], key, {
				zh: `文件内不重复的编号（与第 ${first} 行重复）`,
				en: `a number that stands once in the file (row ${first} has it too)`,
			}),
		),
		...diff.ambiguous.map(({ row, key }) =>
			errorAt(row, column, KEY_FIELD[options.kind], key, {
				zh: '能唯一确定登记对象的编号（登记中有多个同名对象）',
				en: 'a number that names one object (several in the register have this name)',
			}),
		),
	];
	const errors = [...resolved.flatMap(({ read }) => read.errors), ...keyErrors].sort((a, b) => a.row - b.row);
	const bad = new Set(errors.map(({ row }) => row)).size;
	const reads = resolved.map(({ read }) => read);
	const judged = judgeDatum(datum, { ...evidenceOf(reads, resolved, register, options.kind), district }, options.rules);
	const verdict = { ...judged, declared: options.datum };
	const outside = district ? reads.filter((read) => isOutside(read, district, options.rules)).length : 0;
	const places = reads.filter(({ position, rawShape }) => position ?? rawShape).length;
	const corners = reads.flatMap(({ at, shape }) => (shape ? shape.coordinates.flat(2) : at ? [at] : []));
	const coversKm2 = looksTopographic([...table.columns, ...table.names]) ? coveredKm2(corners) : 0;
	const problems = problemsIn({
		isRestricted: coversKm2 > options.rules.restrictedAreaKm2.value,
		kind: options.kind,
		whole: options.whole,
		rows: resolved.length,
		bad,
		places,
		outside,
		hasDistrict: district !== undefined,
		verdict,
		hint,
		strangeDatum: table.strangeDatum ?? null,
		diff,
		columns: columns.map(({ field }) => field.key),
		hasGeometry: table.hasGeometry,
		formulaCells: table.formulaCells,
		failedCells: table.failedCells ?? { count: 0, first: [] },
		sheets: [...table.names, ...(table.otherSheets ?? [])],
		fromSite: good.filter(({ notes }) => notes.includes('position-from-site')).length,
		footRows: table.footRows ?? [],
		heights: reads.filter(hasHeights).length,
		nameFilled: good.filter(({ notes }) => notes.includes('name-from-other-column')).length,
		demoTouched: touchedDemo(diff.changes, register),
	});
	return { rows: resolved.length, changes: diff.changes, diff, bad, errors, verdict, problems };
}

/** Field that a key error is shown at. */
const KEY_FIELD: Record<ImportKind, string> = {
	sites: 'permitNo',
	machines: 'propertyRecordNo',
	pits: 'name',
	points: 'code',
	formworks: 'name',
	scaffolds: 'name',
	towns: 'code',
	grids: 'code',
};

function mappedColumns(names: readonly string[], { kind, mapping }: CheckOptions): MappedColumn[] {
	const fields = fieldsOf(kind);
	return names.flatMap((name, index) => {
		const key = Object.hasOwn(mapping, name) ? mapping[name] : null;
		const field = key ? fieldNamed(fields, key) : undefined;
		return field ? [{ index, name, field }] : [];
	});
}

/** Corners of areas, points of everything else; and where the register has the same object by the same key. */
function evidenceOf(
	reads: readonly ReadRow[],
	resolved: readonly ResolvedRow[],
	register: readonly RegisterRow[],
	kind: ImportKind,
) {
	const isArea = kind === 'towns' || kind === 'grids';
	const positions: Position[] = reads.flatMap((read) =>
		read.position
			? [read.position]
			: read.rawShape
				? isArea
					? read.rawShape.coordinates.flat(2)
					: (read.rawShape.coordinates[0]?.[0]?.slice(0, 1) ?? [])
				: [],
	);
	const keys = new Map(
		register.flatMap((row) =>
			row.at ? KEYS[kind].flatMap((field) => (row.values[field] ? [[row.values[field], row.at] as const] : [])) : [],
		),
	);
	const known = resolved.flatMap(({ read, values }) => {
		const at = KEYS[kind].map((field) => keys.get(values[field] ?? '')).find((place) => place !== undefined);
		const position = read.position ?? middleOf(read);
		return at && position ? [{ position, at }] : [];
	});
	return { positions: thinned(positions), known: known satisfies { position: Position; at: LngLat }[] };
}

/** Fields that name an object surely enough to compare where it is. */
const KEYS: Record<ImportKind, string[]> = {
	sites: ['permitNo', 'projectCode'],
	machines: ['propertyRecordNo'],
	pits: [],
	points: [],
	formworks: [],
	scaffolds: [],
	towns: ['code'],
	grids: ['code'],
};

/** The datum that the head of the longitudes names: 高德经度. */
function hintOfColumn(columns: readonly MappedColumn[]): NonNullable<Table['datumHint']> | null {
	const name = columns.find(({ field }) => field.key === 'longitude')?.name ?? '';
	const datum = datumInWords(name);
	return datum ? { datum, from: name } : null;
}

/** A third number other than zero behind a position. */
function hasHeights({ position, rawShape }: ReadRow): boolean {
	const corners = [...(position ? [position] : []), ...(rawShape?.coordinates.flat(2) ?? [])];
	return corners.some(([, , height]) => height !== undefined && height !== 0);
}

/** Positions enough for a verdict; a layer of a million corners is not looked at corner by corner. */
const ENOUGH = 20_000;

function thinned(positions: Position[]): Position[] {
	const step = Math.ceil(positions.length / ENOUGH);
	return step <= 1 ? positions : positions.filter((_, index) => index % step === 0);
}

function middleOf({ rawShape }: ReadRow): Position | undefined {
	const ring = rawShape?.coordinates[0]?.[0];
	if (!ring || ring.length === 0) return undefined;
	const xs = ring.map(([x]) => x!);
	const ys = ring.map(([, y]) => y!);
	const middle = (values: number[]) =>
		values.reduce((low, value) => Math.min(low, value), Infinity) / 2 +
		values.reduce((high, value) => Math.max(high, value), -Infinity) / 2;
	return [middle(xs), middle(ys)];
}

/** A point outside the district, or an area of which no corner lies inside. */
function isOutside({ at, shape }: ReadRow, district: Outline, { districtTolerance, datumReach }: DatumRules): boolean {
	const isIn = (place: LngLat) => metersOutside(district, place, datumReach.value) <= districtTolerance.value;
	if (at) return !isIn(at);
	return shape !== undefined && !shape.coordinates.flat(2).some((corner) => isIn(corner as LngLat));
}

function touchedDemo(changes: readonly Change[], register: readonly RegisterRow[]): number {
	const demo = new Set(register.filter(({ isDemo }) => isDemo).map(({ id }) => id));
	return changes.filter(({ id }) => demo.has(id)).length;
}
