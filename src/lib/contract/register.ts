// Changing the register by hand. GET /api/v1/register/[kind]/[id] → RegisterEntry, what a form starts from;
// POST /api/v1/register/[kind] with a RegisterEdit → RegisterChanged; POST /api/v1/bindings with a BindingEdit; and
// GET /api/v1/history/[kind]/[id] → History. Machines are named by their installation.

import * as v from 'valibot';
import { DatumName, type Sentence } from './import.ts';

export const EditKind = v.picklist(['sites', 'machines', 'pits', 'points', 'formworks', 'scaffolds']);
export type EditKind = v.InferOutput<typeof EditKind>;

const Id = v.pipe(v.string(), v.uuid());
const Position = v.tuple([v.number(), v.number()]);

/** One side of a pit: part of its outline with its own grade and support. */
export const SideEdit = v.object({
	name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40)),
	grade: v.nullable(v.picklist(['I', 'II', 'III'])),
	support: v.nullable(
		v.picklist([
			'soilNailWall',
			'compositeSoilNailWall',
			'anchoredShotcrete',
			'cementSoilWall',
			'steelCementSoilWall',
			'boredPile',
			'diaphragmWall',
			'sheetPile',
			'slope',
		]),
	),
	/** Corners along the outline, in the datum of the edit. */
	line: v.pipe(v.array(Position), v.minLength(2), v.maxLength(2000)),
});
export type SideEdit = v.InferOutput<typeof SideEdit>;

export const RegisterEdit = v.object({
	/** What is corrected; without it something new is added. */
	id: v.optional(Id),
	/** Fingerprint of `RegisterEntry`: refused when somebody else has changed it since. */
	md5: v.optional(v.string()),
	/** Where something new stands, or where a machine is moved to. */
	siteId: v.optional(Id),
	/** The pit of a new point. */
	pitId: v.optional(Id),
	/** Field → as written. Null empties it; what is not named stays. `boundary` is WKT. */
	values: v.record(v.string(), v.nullable(v.union([v.pipe(v.string(), v.maxLength(2_000_000)), v.number()]))),
	/** Of every coordinate in here. */
	datum: DatumName,
	/** Machines: from now on it stands somewhere else; without it the present installation is corrected. */
	isMove: v.optional(v.boolean(), false),
	/** Pits: all sides there are; absent leaves them. */
	sides: v.optional(v.pipe(v.array(SideEdit), v.maxLength(60))),
});
export type RegisterEdit = v.InferOutput<typeof RegisterEdit>;

export interface RegisterEntry {
	id: string;
	md5: string;
	/** In the words of the fields of `domain/import`; shapes are GeoJSON in WGS 84. */
	values: Record<string, unknown>;
	sides: SideEdit[];
}

export interface RegisterChanged {
	id: string;
	/** Number on the map. */
	no: number | null;
	/** For taking it back. */
	sourceId: string;
	change: 'added' | 'changed' | 'closed';
	/** Good to know, nothing that prevented it. */
	notices: Sentence[];
}

/** Kinds of devices, in the order they are offered. */
export const DEVICE_KINDS = [
	...(['craneMonitor', 'hoistMonitor', 'unloadingPlatform', 'gondola', 'hotWork'] as const),
	...(['pitSensor', 'dustStation', 'camera', 'tracker'] as const),
] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

export const BindingEdit = v.object({
	deviceId: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
	/** Of a device the register does not know yet. */
	device: v.optional(
		v.object({
			kind: v.picklist(DEVICE_KINDS),
			vendor: v.nullable(v.pipe(v.string(), v.trim(), v.maxLength(80))),
			expectedIntervalS: v.pipe(v.number(), v.minValue(0.1), v.maxValue(86_400)),
		}),
	),
	/** What it is fastened to from `at` on; null: to nothing. */
	to: v.nullable(v.object({ kind: v.picklist(['machines', 'points', 'sites']), id: Id })),
	at: v.pipe(v.string(), v.isoTimestamp()),
});
export type BindingEdit = v.InferOutput<typeof BindingEdit>;

export interface BindingChanged {
	sourceId: string;
	deviceId: string;
	/** Where it was until then. */
	movedFrom: string | null;
	/** The device whose place it took. */
	replaced: string | null;
}

/** One change of one row, in the words of people. */
export interface HistoryEntry {
	seq: number;
	at: string;
	by: string;
	/** `site`, `machine`, `installation`, `pit`, `pit_side`, `monitor_point`, `high_formwork`, `climbing_scaffold`, `device_binding`, … */
	subject: string;
	change: 'added' | 'changed' | 'removed';
	changes: { field: Sentence; from: Sentence | null; to: Sentence | null }[];
	source: { id: string; kind: 'demo' | 'import' | 'hand' | 'upstream'; name: string; undoneAt: string | null } | null;
	/** Whether whoever asks may take it back now. */
	canUndo: boolean;
}

export interface History {
	entries: HistoryEntry[];
	/** Since when the register knows it. */
	knownSince: { at: string; source: string } | null;
}
