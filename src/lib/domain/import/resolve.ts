// What a row means among what is already known: the site it speaks of, its town and grid, the key it is found again by.

import type { MultiPolygon, Point } from 'geojson';
import type { LngLat } from '../geo.ts';
import type { ImportKind, Value } from './field.ts';
import { holds, pointInside } from './outline.ts';
import type { RegisterRow, Surroundings } from './register.ts';
import { errorAt, type MappedColumn, type ReadRow } from './row.ts';
import type { Sentence } from './sentence.ts';

/** A row with its references found. `notes` count what was filled in for the person to know. */
export interface ResolvedRow {
	read: ReadRow;
	values: Record<string, Value>;
	/** Keys it may be found by, the surest first; only the first one that the row has is used. */
	key: string | null;
	name: string;
	notes: ('position-from-site' | 'position-from-boundary' | 'name-from-other-column')[];
}

export interface Resolving {
	kind: ImportKind;
	columns: readonly MappedColumn[];
	around: SurroundingsIndex;
	/** Day new areas are valid from when the file does not say. */
	today: string;
}

/** Surroundings by what rows name them with. A name that two sites share finds neither. */
export interface SurroundingsIndex extends Surroundings {
	siteByPermit: ReadonlyMap<string, Surroundings['sites'][number]>;
	siteByName: ReadonlyMap<string, Surroundings['sites'][number] | null>;
	pitsOfSite: ReadonlyMap<string, readonly Surroundings['pits'][number][]>;
	townByName: ReadonlyMap<string, string>;
}

export function indexSurroundings(around: Surroundings): SurroundingsIndex {
	const siteByName = new Map<string, Surroundings['sites'][number] | null>();
	for (const site of around.sites) siteByName.set(site.name, siteByName.has(site.name) ? null : site);
	const pitsOfSite = new Map<string, Surroundings['pits'][number][]>();
	for (const pit of around.pits) pitsOfSite.set(pit.siteId, [...(pitsOfSite.get(pit.siteId) ?? []), pit]);
	return {
		...around,
		siteByPermit: new Map(around.sites.flatMap((site) => (site.permitNo === null ? [] : [[site.permitNo, site]]))),
		siteByName,
		pitsOfSite,
		townByName: new Map([...around.gazetteer, ...around.towns].map(({ name, code }) => [name, code])),
	};
}

export function resolveRow(read: ReadRow, resolving: Resolving): ResolvedRow {
	const resolved: ResolvedRow = { read, values: { ...read.values }, key: null, name: '', notes: [] };
	RESOLVE[resolving.kind](resolved, resolving);
	return resolved;
}

/** The keys an object of the register can be found by. */
export function keysOf(kind: ImportKind, values: Record<string, Value>): string[] {
	const of = (prefix: string, ...parts: (Value | undefined)[]) =>
		parts.every((part) => typeof part === 'string' && part !== '') ? [`${prefix}:${parts.join('|')}`] : [];
	switch (kind) {
		case 'sites':
			return [...of('permit', values.permitNo), ...of('project', values.projectCode), ...of('name', values.name)];
		case 'machines':
			return of('record', values.propertyRecordNo);
		case 'pits':
			return of('pit', values.siteId, values.name);
		case 'points':
			return of('point', values.pitId, values.code);
		case 'formworks':
		case 'scaffolds':
			return of('work', values.siteId, values.name);
		case 'towns':
		case 'grids':
			return of('code', values.code);
	}
}

export function nameOf(kind: ImportKind, values: RegisterRow['values']): string {
	const name =
		kind === 'machines' ? (values.siteNo ?? values.model ?? values.propertyRecordNo) : (values.name ?? values.code);
	return typeof name === 'string' ? name : '';
}

/** A place that is there and cannot be read is said once, where it stands. */
const PLACE = new Set(['longitude', 'latitude', 'boundary']);

const RESOLVE: Record<ImportKind, (resolved: ResolvedRow, resolving: Resolving) => void> = {
	sites(resolved, resolving) {
		const { read, values } = resolved;
		const at = read.at ?? (read.shape && pointInside(read.shape));
		if (at) {
			values.location = point(at);
			if (!read.at) resolved.notes.push('position-from-boundary');
			const town = resolving.around.towns.find(({ outline }) => holds(outline, at));
			const grid = resolving.around.grids.find(({ outline }) => holds(outline, at));
			if (town) values.townCode = town.code;
			if (grid) values.gridId = grid.id;
		} else if (!read.errors.some(({ field }) => field && PLACE.has(field)))
			missing(resolved, resolving, 'longitude', {
				zh: '工地位置：经纬度，或红线（面）',
				en: 'where the site is: longitude and latitude, or its red line',
			});
		if (read.shape) values.boundary = read.shape;
		if (values.name === undefined) {
			const other = values.address ?? values.permitNo ?? values.projectCode;
			if (other === undefined)
				missing(resolved, resolving, 'name', {
					zh: '项目名称、地址或施工许可证编号',
					en: 'a name, an address or a permit number',
				});
			else {
				values.name = other;
				resolved.notes.push('name-from-other-column');
			}
		}
		finish(resolved, 'sites', 'permitNo');
	},
	machines(resolved, resolving) {
		takePlaceOnSite(resolved, resolving);
		const expects = { zh: '不早于安装日期的日期', en: 'a day not before the installation' };
		inOrder(resolved, resolving, 'installedOn', expects);
		finish(resolved, 'machines', 'propertyRecordNo');
	},
	pits(resolved, resolving) {
		siteOf(resolved, resolving);
		takeShape(resolved, resolving);
		finish(resolved, 'pits', 'name');
	},
	points(resolved, resolving) {
		const { read, values } = resolved;
		const site = siteOf(resolved, resolving);
		if (site) {
			const pits = resolving.around.pitsOfSite.get(site.id) ?? [];
			const pit =
				values.pitName === undefined && pits.length === 1 ? pits[0] : pits.find(({ name }) => name === values.pitName);
			if (pit) values.pitId = pit.id;
			else
				missing(
					resolved,
					resolving,
					'pitName',
					{
						zh: `该工地已登记的基坑：${pits.map(({ name }) => name).join('、') || '无'}`,
						en: `a pit of this site in the register: ${pits.map(({ name }) => name).join(', ') || 'none'}`,
					},
					values.pitName,
				);
		}
		delete values.pitName;
		if (read.at) values.location = point(read.at);
		else missing(resolved, resolving, 'longitude', { zh: '测点的经纬度', en: 'longitude and latitude of the point' });
		finish(resolved, 'points', 'code');
	},
	formworks(resolved, resolving) {
		takeWork(resolved, resolving);
		finish(resolved, 'formworks', 'name');
	},
	scaffolds(resolved, resolving) {
		takeWork(resolved, resolving);
		finish(resolved, 'scaffolds', 'name');
	},
	towns(resolved, resolving) {
		const { values } = resolved;
		if (values.code === undefined && typeof values.name === 'string') {
			const code = resolving.around.townByName.get(values.name);
			if (code !== undefined) values.code = code;
		}
		if (values.code === undefined) {
			missing(
				resolved,
				resolving,
				'code',
				{
					zh: '9 位镇街代码（名称不在已知名录中，无法补全）',
					en: 'the 9-digit code of the town (its name is not in the known list)',
				},
				values.name,
			);
		}
		takeShape(resolved, resolving);
		notAhead(resolved, resolving);
		finish(resolved, 'towns', 'code');
	},
	grids(resolved, resolving) {
		const { values } = resolved;
		if (typeof values.code === 'string') {
			values.name ??= values.code;
			values.townCode ??= values.code.slice(0, 9);
			if (!resolving.around.towns.some(({ code }) => code === values.townCode)) {
				missing(
					resolved,
					resolving,
					'townCode',
					{
						zh: '已登记镇街的代码（网格编码前 9 位）',
						en: 'the code of a town in the register (first 9 digits of the grid)',
					},
					values.townCode,
				);
			}
		}
		takeShape(resolved, resolving);
		notAhead(resolved, resolving);
		finish(resolved, 'grids', 'code');
	},
};

function point(at: LngLat): Point {
	return { type: 'Point', coordinates: at };
}

/** Where the row says, or else where its site is. */
function takePlaceOnSite(resolved: ResolvedRow, resolving: Resolving): void {
	const { read, values } = resolved;
	const site = siteOf(resolved, resolving);
	if (read.at) values.location = point(read.at);
	else if (site) {
		values.location = point(site.at);
		resolved.notes.push('position-from-site');
	}
}

function takeWork(resolved: ResolvedRow, resolving: Resolving): void {
	takePlaceOnSite(resolved, resolving);
	const expects = { zh: '不早于搭设日期的日期', en: 'a day not before it was erected' };
	inOrder(resolved, resolving, 'erectedOn', expects);
}

/** Nothing is taken down before it stood. */
function inOrder(resolved: ResolvedRow, resolving: Resolving, first: string, expects: Sentence): void {
	const { [first]: from, removedOn: to } = resolved.values;
	if (typeof from === 'string' && typeof to === 'string' && to < from)
		missing(resolved, resolving, 'removedOn', expects, to);
}

function takeShape(resolved: ResolvedRow, resolving: Resolving): void {
	const { read, values } = resolved;
	if (read.shape) values.boundary = read.shape satisfies MultiPolygon;
	else if (!read.errors.some(({ field }) => field === 'boundary')) {
		missing(resolved, resolving, 'boundary', {
			zh: '边界（面要素，或 WKT 列）',
			en: 'a boundary: a polygon, or a column with WKT',
		});
	}
}

/** An area holds from the moment it is imported: one that begins later would be drawn, and answered for, too early. */
function notAhead(resolved: ResolvedRow, resolving: Resolving): void {
	const { validFrom } = resolved.values;
	if (typeof validFrom !== 'string' || validFrom <= resolving.today) return;
	const expects = {
		zh: '不晚于今天的日期（导入后立即生效，请在生效当天导入）',
		en: 'a day not after today (it holds as soon as it is imported: import it on that day)',
	};
	missing(resolved, resolving, 'validFrom', expects, validFrom);
}

function siteOf(resolved: ResolvedRow, resolving: Resolving): Surroundings['sites'][number] | undefined {
	const { values } = resolved;
	const { sitePermitNo, siteName } = values;
	delete values.sitePermitNo;
	delete values.siteName;
	const site =
		typeof sitePermitNo === 'string'
			? resolving.around.siteByPermit.get(sitePermitNo)
			: typeof siteName === 'string'
				? resolving.around.siteByName.get(siteName)
				: undefined;
	if (site) values.siteId = site.id;
	else {
		const isShared = typeof siteName === 'string' && resolving.around.siteByName.get(siteName) === null;
		const expects = isShared
			? { zh: '施工许可证编号（该名称对应多个工地）', en: 'a permit number (several sites have this name)' }
			: { zh: '已登记的工地：施工许可证编号或工程名称', en: 'a site in the register: its permit number or its name' };
		missing(
			resolved,
			resolving,
			sitePermitNo === undefined ? 'siteName' : 'sitePermitNo',
			expects,
			sitePermitNo ?? siteName,
		);
	}
	return site ?? undefined;
}

function missing(
	{ read }: ResolvedRow,
	{ columns }: Resolving,
	key: string,
	expects: Sentence,
	value: unknown = '',
): void {
	if (read.errors.some(({ field }) => field === key)) return;
	const column = columns.find(({ field }) => field.key === key)?.name ?? null;
	read.errors.push(errorAt(read.row, column, key, value, expects));
}

function finish(resolved: ResolvedRow, kind: ImportKind, fallback: string): void {
	const [key] = keysOf(kind, resolved.values);
	resolved.key = key ?? null;
	resolved.name = nameOf(kind, resolved.values) || String(resolved.values[fallback] ?? '');
}
