// What a phone on patrol and the server say to each other: the package of the day, and the queue of what was done.

import * as v from 'valibot';
import { Day } from './day.ts';
import type { MultiPolygon } from 'geojson';
import { HAZARD_CATEGORIES, type ChecklistLine } from '../domain/field/checklist.ts';
import type { RouteChanges } from '../domain/field/route-change.ts';
import type { Department } from '../domain/planning/department.ts';
import type { VisitReason } from '../domain/planning/plan-problem.ts';

const Uuid = v.pipe(v.string(), v.uuid());
const Moment = v.pipe(v.string(), v.isoTimestamp());
export const FieldFix = v.object({
	at: v.tuple([
		v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
		v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
	]),
	accuracyM: v.pipe(v.number(), v.minValue(0)),
});
export type FieldFix = v.InferOutput<typeof FieldFix>;

const VISIT_RESULTS = ['passed', 'rectify', 'stopWork'] as const;
export type VisitResult = (typeof VISIT_RESULTS)[number];

const Mark = v.object({ key: v.pipe(v.string(), v.maxLength(40)), ok: v.boolean() });

const head = { id: Uuid, at: Moment };

/** One line of the queue. `id` is made on the phone: sent again it changes nothing. */
export const FieldItem = v.variant('kind', [
	v.object({ ...head, kind: v.literal('depart'), planId: Uuid }),
	v.object({ ...head, kind: v.literal('return'), planId: Uuid, minutes: v.pipe(v.string(), v.maxLength(4000)) }),
	v.object({ ...head, kind: v.literal('arrive'), stopId: Uuid, fix: v.nullable(FieldFix) }),
	v.object({
		...head,
		kind: v.literal('leave'),
		stopId: Uuid,
		fix: v.nullable(FieldFix),
		checklist: v.pipe(v.array(Mark), v.maxLength(80)),
		machines: v.pipe(v.array(Uuid), v.maxLength(200)),
		result: v.picklist(VISIT_RESULTS),
		minutes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000)),
	}),
	v.object({
		...head,
		kind: v.literal('skip'),
		stopId: Uuid,
		reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
	}),
	v.object({ ...head, kind: v.literal('confirm'), stopId: Uuid }),
	v.object({
		...head,
		kind: v.literal('finding'),
		stopId: Uuid,
		hazardId: Uuid,
		category: v.picklist(HAZARD_CATEGORIES),
		description: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500)),
		isMajor: v.boolean(),
		dueOn: Day,
	}),
	v.object({ ...head, kind: v.literal('recheck'), stopId: Uuid, hazardId: Uuid, isRectified: v.boolean() }),
	v.object({
		...head,
		kind: v.literal('newSite'),
		what: v.picklist(['smallWorks', 'unlicensed', 'other']),
		note: v.pipe(v.string(), v.maxLength(300)),
		fix: FieldFix,
		evidenceId: v.nullable(Uuid),
	}),
	v.object({
		...head,
		kind: v.literal('answerEmergency'),
		planId: Uuid,
		accepted: v.boolean(),
		reason: v.pipe(v.string(), v.maxLength(200)),
		/** Moment of the change that is answered; phones of before leave it out and mean the newest. */
		changeAt: v.optional(v.pipe(v.string(), v.isoTimestamp())),
	}),
]);
export type FieldItem = v.InferOutput<typeof FieldItem>;

export const FieldItems = v.object({ items: v.pipe(v.array(FieldItem), v.minLength(1), v.maxLength(100)) });

/** `stored`; `merged`: somebody else had done it already, `by` whom; `refused`: will never be taken, with the reason. */
export interface FieldOutcome {
	id: string;
	state: 'stored' | 'merged' | 'refused';
	/** A sentence for the person, empty when there is nothing to say. */
	note: string;
	flags: string[];
}

export interface FieldHazard {
	id: string;
	category: string;
	description: string;
	isMajor: boolean;
	foundOn: string;
	dueOn: string | null;
	isRectified: boolean;
	photos: string[];
	/** Officers who found it; none where no visit is known, absent in days of an older phone. */
	foundBy?: string[];
	/** The stop it was found at; null where it was not found on patrol, absent in days of an older phone. */
	foundAtStop?: string | null;
}

/**
 * A finding of the round before: whether it was put right, and whether that holds, is looked at. Days as `YYYY-MM-DD`. What
 * is optional is absent in days of an older phone, which took closed ones along only.
 */
export interface LookedBackAt extends Pick<FieldHazard, 'id' | 'category' | 'description' | 'isMajor' | 'foundOn'> {
	foundBy?: string[];
	photos?: string[];
	dueOn?: string | null;
	isRectified?: boolean;
	/** Null while it is open. */
	closedOn: string | null;
}

export interface FieldStop {
	id: string;
	key: string;
	state: 'planned' | 'arrived' | 'done' | 'skipped' | 'dropped';
	/** Minutes of the day. */
	startMin: number;
	leaveMin: number;
	isEmergency: boolean;
	driveMin: number;
	reasons: VisitReason[];
	departments: Department[];
	arrivedAt: string | null;
	leftAt: string | null;
	skipReason: string | null;
	/** What the visit came to; null until the team has left, absent in days of an older phone. */
	result?: VisitResult | null;
	confirmedBy: string | null;
	/** Who recorded the arrival, and so has to be confirmed by the other. */
	recordedBy: string | null;
	findings: number;
	site: {
		id: string;
		name: string;
		address: string | null;
		at: [number, number];
		boundary: MultiPolygon | null;
		stage: string | null;
		riskGrade: string | null;
		contractor: string | null;
		owner: string | null;
		siteEngineer: string | null;
		contact: string | null;
	};
	hazards: FieldHazard[];
	/** Findings of the round before, where the visit looks back; not in days taken along by an older phone. */
	lookBack?: LookedBackAt[];
	machines: { id: string; name: string; ageGrade: 'red' | 'yellow' | 'green' | 'unknown'; testedOn: string | null }[];
	works: { kind: 'pit' | 'formwork' | 'scaffold'; name: string; depthM: number | null }[];
	checklist: ChecklistLine[];
}

export interface FieldDay {
	planId: string;
	name: string;
	on: string;
	team: string;
	officers: { id: string; name: string }[];
	vehicle: string | null;
	isSealed: boolean;
	/** Number of the draw a sealed day comes from. */
	drawNo: number | null;
	departedAt: string | null;
	returnedAt: string | null;
	/** Of a sealed day: only what has been reached, and the next one once the team has departed. */
	stops: FieldStop[];
	/** Stops that were given up for an emergency; absent in days of an older phone. */
	givenUp?: { name: string; startMin: number; leaveMin: number }[];
	/** Stops that exist, sealed ones included. */
	count: number;
	change: RouteChanges | null;
	minutes: string | null;
}

/** A day before or ahead, as it is listed: what was planned there, and the minutes that were signed. */
export interface OtherDay {
	planId: string;
	name: string;
	on: string;
	team: string;
	names: string[];
	/** Where it goes is told on the day itself. */
	isSealed: boolean;
	/** Number of the draw it comes from; null where it was planned. */
	drawNo: number | null;
	/** Empty while it is sealed. */
	stops: { name: string; startMin: number; state: 'planned' | 'arrived' | 'done' | 'skipped' }[];
	count: number;
	done: number;
	minutes: { text: string; by: string } | null;
}

/** Everything a phone needs for the day, also without a network. */
export interface DayPackage {
	asOf: string;
	today: string;
	officer: { id: string; name: string };
	days: FieldDay[];
	/** Own days of the last weeks and those ahead, the earliest first; absent in packages of an older phone. */
	others?: OtherDay[];
	/** Names for keys of stops in a change. */
	names: Record<string, string>;
	/** Sites nearby, for telling a new site from a known one. */
	known: { id: string; name: string; at: [number, number] }[];
	nearSiteM: number;
	rectifyDays: number;
}
