// Dead letters, mappings of vendors and the page of one device, as they cross the wire.

import * as v from 'valibot';
import type { Qualities } from '../domain/device/quality.ts';
import type { Confidence } from '../domain/rule.ts';
import type { BothLanguages } from './alarm-card.ts';
import type { DeviceKind } from './register.ts';

export interface DeadLetterEntry {
	id: string;
	protocol: string;
	source: string;
	externalId: string | null;
	reason: string;
	detail: string;
	/** Bytes that came; more than are kept where it was cut. */
	size: number;
	count: number;
	firstAt: string;
	lastAt: string;
	state: 'open' | 'replayed' | 'discarded';
	settledAt: string | null;
	settledBy: string | null;
}

export interface DeadLetterPage {
	letters: DeadLetterEntry[];
	counts: { protocol: string; reason: string; state: DeadLetterEntry['state']; letters: number }[];
	/** `before` of the page behind this one. */
	next?: number;
}

export interface DeadLetterDetail extends DeadLetterEntry {
	/** The bytes, base64. */
	raw: string;
}

const Names = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

const LetterIds = v.pipe(v.array(v.pipe(v.string(), v.regex(/^\d{1,15}$/))), v.maxLength(1000));

/** Which letters: those named, or all open ones of a protocol and reason. */
export const LetterChoice = v.object({
	ids: v.optional(LetterIds),
	protocol: v.optional(Names),
	reason: v.optional(Names),
});
export type LetterChoice = v.InferOutput<typeof LetterChoice>;

/** Letters that were put away and are to wait again. */
export const RestoreWish = v.object({ ids: LetterIds });
export type RestoreWish = v.InferOutput<typeof RestoreWish>;

export interface ReplayResult {
	replayed: number;
	/** Still unreadable, and why. */
	failed: { id: string; reason: string; detail: string }[];
}

export const MappingWish = v.object({
	protocol: v.picklist(['mqtt', 'hj212', 'jt808', 'http']),
	externalId: Names,
	deviceId: v.nullable(Names),
	settings: v.object({
		bitOrder: v.optional(v.picklist(['rightToLeft', 'leftToRight'])),
		unitFactors: v.optional(v.record(Names, v.pipe(v.number(), v.minValue(1e-9), v.maxValue(1e9)))),
	}),
	reason: v.pipe(v.string(), v.trim(), v.minLength(2), v.maxLength(300)),
});
export type MappingWish = v.InferOutput<typeof MappingWish>;

/** What holds for a vendor's name: GET /api/v1/device-mappings. */
export interface MappingNote extends Omit<MappingWish, 'protocol'> {
	protocol: string;
	changedAt: string;
	changedBy: string;
}

/** A step of the curve; a step without a report is not in the list and is drawn as a gap. */
export interface CurveStep {
	at: string;
	least: number | null;
	greatest: number | null;
	mean: number | null;
	/** Values that cannot be believed within the step. */
	bad: number;
}

export interface DeviceCurve {
	quantity: string;
	from: string;
	to: string;
	stepS: number;
	/** How much of the past is left of this span. */
	detail: 'raw' | 'minute' | 'hour';
	steps: CurveStep[];
}

export interface DeviceBindingNote {
	kind: 'machine' | 'point' | 'site';
	name: string;
	siteName: string;
	from: string;
	to: string | null;
	/** Number of the object on the map, where it still stands. */
	no: number | null;
}

export interface DeviceFrame {
	at: string;
	gatewayAt: string | null;
	receivedAt: string;
	seq: string;
	values: Record<string, number | string | boolean>;
	quality: Qualities | null;
	raw: unknown;
}

export interface DeviceSheet {
	id: string;
	kind: DeviceKind;
	vendor: string | null;
	presence: 'fresh' | 'late' | 'offline' | 'never-reported';
	/** Silence is planned: the site is stopped, or nothing is bound. */
	isPlannedOff: boolean;
	intervalS: number;
	registeredIntervalS: number;
	isIntervalLearned: boolean;
	/** Seconds the clock is ahead, negative when behind; null before enough readings. */
	skewS: number | null;
	isSkewed: boolean;
	lastSeenAt: string | null;
	/** Taken out of service until then; null: in service. */
	service: { until: string; reason: string; by: string } | null;
	bindings: DeviceBindingNote[];
	/** Quantities it reported last, the judged ones first. */
	quantities: string[];
	/** Limits of its quantities, to be drawn in. */
	limits: {
		quantity: string;
		level: 'notice' | 'warning' | 'danger';
		value: number;
		source: BothLanguages;
		confidence: Confidence;
	}[];
	frames: DeviceFrame[];
	stills: { id: string; at: string; event: string; sha256: string }[];
}
