// Rows of a file against the register: added, changed field by field, unchanged, and closed when the file is the whole of it.

import type { ImportKind, Value } from './field.ts';
import type { Change, RegisterRow } from './register.ts';
import { keysOf, nameOf, type ResolvedRow } from './resolve.ts';

export interface Diff {
	changes: Change[];
	unchanged: number;
	/** Rows of the file that speak of the same object as an earlier row. */
	repeated: { row: number; first: number; key: string }[];
	/** Rows for which the register has two objects by the same name: nobody can say which is meant. */
	ambiguous: { row: number; key: string }[];
	/** Objects that are open and would be closed. */
	closed: number;
	/** Open objects of the register. */
	open: number;
}

export interface Diffing {
	kind: ImportKind;
	/** What is not in the file is closed. */
	whole: boolean;
	/** Day something is closed on when the file does not say. */
	today: string;
	newId: () => string;
}

export function diffRows(rows: readonly ResolvedRow[], register: readonly RegisterRow[], diffing: Diffing): Diff {
	const { kind } = diffing;
	const byKey = indexRegister(kind, register);
	const diff: Diff = { changes: [], unchanged: 0, repeated: [], ambiguous: [], closed: 0, open: 0 };
	const seenKeys = new Map<string, number>();
	const seenIds = new Map<string, number>();

	for (const row of rows) {
		const key = row.key;
		if (key === null) continue;
		const found = byKey.get(key);
		const earlier = seenKeys.get(key) ?? (found ? seenIds.get(found.id) : undefined);
		if (earlier !== undefined) {
			diff.repeated.push({ row: row.read.row, first: earlier, key: shownKey(key) });
			continue;
		}
		seenKeys.set(key, row.read.row);
		if (found === null) {
			diff.ambiguous.push({ row: row.read.row, key: shownKey(key) });
			continue;
		}
		if (found) seenIds.set(found.id, row.read.row);
		const change = found ? changed(row, found, diffing) : added(row, diffing);
		if (change) diff.changes.push(change);
		else diff.unchanged++;
	}

	const open = register.filter(({ isOpen }) => isOpen);
	diff.open = open.length;
	if (diffing.whole) {
		for (const row of open) if (!seenIds.has(row.id)) diff.changes.push(closed(row, diffing));
		diff.closed = diff.changes.filter(({ change }) => change === 'closed').length;
	}
	return diff;
}

/** `permit:330109…` → the number itself. */
function shownKey(key: string): string {
	return key.slice(key.indexOf(':') + 1);
}

/** Two sites of one name, or of one project code, are told apart by permit only: that key then finds neither. */
function indexRegister(kind: ImportKind, register: readonly RegisterRow[]): Map<string, RegisterRow | null> {
	const byKey = new Map<string, RegisterRow | null>();
	for (const row of register) {
		for (const key of keysOf(kind, row.values)) byKey.set(key, byKey.has(key) ? null : row);
	}
	return byKey;
}

function added(row: ResolvedRow, diffing: Diffing): Change {
	return {
		row: row.read.row,
		change: 'added',
		// A town is its code; everything else gets an id of its own.
		id: diffing.kind === 'towns' ? String(row.values.code) : diffing.newId(),
		md5: null,
		key: shownKey(row.key ?? ''),
		name: row.name,
		value: withDefaults(row.values, undefined, diffing),
		changes: [],
		shape: shapeOf(row.values),
	};
}

function changed(row: ResolvedRow, found: RegisterRow, diffing: Diffing): Change | undefined {
	const stated: Record<string, Value> = { ...row.values };
	// A place that was only borrowed from the site says nothing about a machine that is already placed.
	if (row.notes.includes('position-from-site') && stated.siteId === found.values.siteId) delete stated.location;
	// A place that was only taken from the red line says nothing about a site whose red line is the same.
	if (row.notes.includes('position-from-boundary') && isSame(found.values.boundary ?? null, stated.boundary ?? null))
		for (const field of ['location', 'townCode', 'gridId']) delete stated[field];
	if (row.notes.includes('name-from-other-column')) delete stated.name;
	const changes = Object.entries(stated)
		.filter(([field, to]) => !isSame(found.values[field] ?? null, to))
		.map(([field, to]) => ({ field, from: found.values[field] ?? null, to }));
	if (changes.length === 0) return undefined;
	const hasMoved = diffing.kind === 'machines' && isMove(stated, found);
	const values = { ...(hasMoved ? withoutInstallation(found.values) : found.values), ...stated };
	// Another firm does not have the credit code of the one before it.
	for (const firm of ['owner', 'contractor', 'siteEngineer']) {
		if (stated[firm] !== undefined && stated[`${firm}CreditCode`] === undefined) delete values[`${firm}CreditCode`];
	}
	return {
		row: row.read.row,
		change: 'changed',
		id: found.id,
		md5: found.md5,
		key: shownKey(row.key ?? ''),
		name: nameOf(diffing.kind, values) || row.name,
		value: withDefaults(values, found, diffing),
		changes,
		shape: shapeOf(values),
	};
}

function closed(found: RegisterRow, { kind, today }: Diffing): Change {
	const [field, to]: [string, Value] =
		kind === 'sites'
			? ['state', 'finished']
			: kind === 'machines' || kind === 'formworks' || kind === 'scaffolds'
				? ['removedOn', today]
				: kind === 'pits'
					? ['finishedOn', today]
					: ['validTo', today];
	const day: Record<string, Value> = kind === 'sites' && !found.values.finishedOn ? { finishedOn: today } : {};
	return {
		row: null,
		change: 'closed',
		id: found.id,
		md5: found.md5,
		key: shownKey(keysOf(kind, found.values)[0] ?? ''),
		name: nameOf(kind, found.values),
		value: {
			...found.values,
			...day,
			[field]: to,
			...(kind === 'machines' ? { installationId: found.installationId ?? null } : {}),
		},
		changes: [{ field, from: found.values[field] ?? null, to }],
		shape: shapeOf(found.values),
	};
}

/** What the register needs and the file may leave out; for machines, which installation the row is about. */
function withDefaults(
	values: Record<string, Value>,
	found: RegisterRow | undefined,
	diffing: Diffing,
): Change['value'] {
	switch (diffing.kind) {
		case 'sites':
			return { ...values, state: values.state ?? 'active' };
		case 'machines':
			return { ...values, ...installationOf(values, found, diffing) };
		case 'towns':
		case 'grids':
			return { ...values, validFrom: values.validFrom ?? diffing.today };
		case 'pits':
		case 'points':
		case 'formworks':
		case 'scaffolds':
			return values;
	}
}

/** Fields that belong to where a machine stands rather than to the machine. */
const OF_INSTALLATION = [
	'siteId',
	'useRegistrationNo',
	'siteNo',
	'location',
	'jibRadiusM',
	'counterJibM',
	'heightM',
	'installedOn',
	'removedOn',
];

/** At another site, under another use registration, or put up again after it was taken down: a new installation. */
function isMove(stated: Record<string, Value>, { values, installationId }: RegisterRow): boolean {
	if (!installationId) return true;
	const differs = (field: string) =>
		stated[field] !== undefined && (values[field] ?? null) !== null && stated[field] !== values[field];
	if (differs('siteId') || differs('useRegistrationNo')) return true;
	const { installedOn } = stated;
	return typeof installedOn === 'string' && typeof values.removedOn === 'string' && installedOn > values.removedOn;
}

function withoutInstallation(values: Record<string, Value>): Record<string, Value> {
	return Object.fromEntries(Object.entries(values).filter(([field]) => !OF_INSTALLATION.includes(field)));
}

/** The installation a row speaks of; one that still stood elsewhere ends on the day the new one begins. */
function installationOf(
	values: Record<string, Value>,
	found: RegisterRow | undefined,
	{ newId }: Diffing,
): Change['value'] {
	const latest = found?.installationId ?? null;
	if (found && latest !== null && !isMove(values, found)) {
		return { installationId: latest, isNewInstallation: false, endedInstallationId: null };
	}
	return { installationId: newId(), isNewInstallation: true, endedInstallationId: found?.isOpen ? latest : null };
}

function shapeOf(values: Record<string, Value>): Change['shape'] {
	for (const value of [values.boundary, values.location]) if (value && typeof value === 'object') return value;
	return null;
}

/** Whether two values mean the same: numbers to the ninth digit, shapes by their corners. */
export function isSame(a: Value, b: Value): boolean {
	if (typeof a === 'number' && typeof b === 'number')
		return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
	if (a && b && typeof a === 'object' && typeof b === 'object') {
		return a.type === b.type && isSamePlace(a.coordinates, b.coordinates);
	}
	return a === b;
}

/** Degrees, two tenths of a metre: what the way into BD-09 and back leaves. A list that went out comes back unchanged. */
const SAME_PLACE = 2e-6;

function isSamePlace(a: unknown, b: unknown): boolean {
	if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= SAME_PLACE;
	if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
	return a.every((part, index) => isSamePlace(part, b[index]));
}
