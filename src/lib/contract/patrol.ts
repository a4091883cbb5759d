// Patrol plans as the planner and programs exchange them.

import * as v from 'valibot';
import { Day } from './day.ts';
import type { VisitResult } from './field.ts';
import type { RouteChange } from '../domain/field/route-change.ts';
import type { Draft } from '../domain/patrol/evaluate.ts';
import type { LeftOut, Problem } from '../domain/patrol/problem.ts';
import type { LearntTravel } from '../domain/travel/learn.ts';
import type { Companion, CompanionRules, Seat } from '../domain/planning/companions.ts';
import { RISK_GRADES } from '../domain/coverage/grade.ts';
import { DEPARTMENTS } from '../domain/planning/department.ts';
import type { DrawOutcome, DrawPool } from '../domain/planning/draw.ts';
import type { NotAsked, PlanVisit } from '../domain/planning/plan-problem.ts';
import type { PlanTeam } from '../domain/planning/team.ts';
import { TEMPLATES, type TemplateKey } from '../domain/planning/template.ts';

const Uuid = v.pipe(v.string(), v.uuid());
const Key = v.pipe(v.string(), v.maxLength(40));

export const PlanWish = v.object({
	on: Day,
	template: v.picklist(TEMPLATES),
	name: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(60)), ''),
	teams: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
	/** Officers to take before others, in pairs. */
	officers: v.optional(v.pipe(v.array(Uuid), v.maxLength(40)), []),
	/** Only these sites; left out: what is due. */
	sites: v.optional(v.pipe(v.array(Uuid), v.maxLength(2000))),
	roundId: v.optional(Uuid),
	/** A running round of full coverage: every site still open in it has to be visited by its last day. */
	coversRound: v.optional(Uuid),
	towns: v.optional(v.array(v.pipe(v.string(), v.regex(/^\d{9}$/))), []),
	baseId: v.optional(Uuid),
});
export type PlanWish = v.InferOutput<typeof PlanWish>;

export const PlanChange = v.object({
	/** The revision that was changed; another one meanwhile refuses the change. */
	revision: v.pipe(v.number(), v.integer()),
	drafts: v.pipe(v.array(v.object({ team: Key, visits: v.pipe(v.array(Key), v.maxLength(2000)) })), v.maxLength(500)),
	locked: v.pipe(v.array(Key), v.maxLength(2000)),
	departments: v.optional(v.record(Key, v.array(v.picklist(DEPARTMENTS))), {}),
	/** All visits that are promised for a moment, with the minute of the day; left out: as they were. */
	pins: v.optional(v.record(Key, v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1439)))),
});
export type PlanChange = v.InferOutput<typeof PlanChange>;

export const EmergencyWish = v.object({
	siteId: Uuid,
	minutes: v.optional(v.pipe(v.number(), v.minValue(5), v.maxValue(240)), 40),
	why: v.pipe(v.string(), v.trim(), v.maxLength(200)),
	/** False: only say what it would change. */
	accept: v.boolean(),
	/** Minutes from now until it has to have begun; left out: any time of the day. */
	withinMin: v.optional(v.pipe(v.number(), v.integer(), v.minValue(15), v.maxValue(600))),
	/** Other visits that may be moved. */
	most: v.optional(v.picklist([0, 1, 2]), 2),
});
export type EmergencyWish = v.InferOutput<typeof EmergencyWish>;

export const DrawWish = v.object({
	on: Day,
	purpose: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
	count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)),
	teams: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
	grades: v.optional(v.array(v.picklist(RISK_GRADES)), []),
	towns: v.optional(v.array(v.pipe(v.string(), v.regex(/^\d{9}$/))), []),
});
export type DrawWish = v.InferOutput<typeof DrawWish>;

export interface PlanSummary {
	id: string;
	on: string;
	name: string;
	template: TemplateKey;
	state: 'draft' | 'issued' | 'closed';
	isSealed: boolean;
	stops: number;
	done: number;
	teams: number;
	createdAt: string;
}

export interface StopState {
	id: string;
	key: string;
	team: string;
	place: number;
	state: 'planned' | 'arrived' | 'done' | 'skipped' | 'dropped';
	arriveMin: number;
	startMin: number;
	leaveMin: number;
	isEmergency: boolean;
	arrivedAt: string | null;
	leftAt: string | null;
	skipReason: string | null;
	flags: string[];
	result: VisitResult | null;
	confirmedBy: string | null;
	/** Who recorded the arrival. */
	recordedBy: string | null;
	findings: number;
}

export interface PlanView extends PlanSummary {
	revision: number;
	drawId: string | null;
	/** Travel: a router's answers, or an estimate and what it was learnt from. */
	travel: { kind: 'estimate' | 'osrm'; estimate: LearntTravel; note: string | null };
	/** Without an id in plans of an older program. */
	base: { id?: string; name: string; at: [number, number] };
	problem: Problem;
	planTeams: PlanTeam[];
	visits: PlanVisit[];
	notAsked: NotAsked[];
	/** Who can come along and by which rules; `seats` once the plan was issued. Null where nobody comes along. */
	companions: { pool: Companion[]; rules: CompanionRules; seats: Seat[] | null } | null;
	drafts: Draft[];
	locked: string[];
	stopStates: StopState[];
	/** Of the teams that go; while the plan is sealed only when they departed. */
	teamStates: TeamState[];
	/** Days of a month's plan; empty for a plan of one day. */
	days: { on: string; from: number }[];
}

/** Load over the rolling month, and how equal it is. */
export interface FairnessView {
	days: number;
	officers: { name: string; visits: number; minutes: number }[];
	giniMinutes: number;
	giniVisits: number;
}

export interface Solved {
	drafts: Draft[];
	left: LeftOut[];
	objective: number;
	seconds: number;
	iterations: number;
}

/** One line of the answer while a plan is being solved. */
export type SolveLine =
	| { kind: 'progress'; done: number; cost: number; iterations: number }
	| { kind: 'solved'; plan: Solved }
	| { kind: 'fault'; message: string };

/** A team's day before and after its route was changed. */
export interface DayChange {
	team: string;
	before: { minutes: number; stops: { key: string; start: number }[] };
	after: { minutes: number; stops: { key: string; start: number }[] };
}

export interface EmergencyView {
	/** The team that goes, and the minute of the day at which it begins. */
	team: string;
	start: number;
	moved: string[];
	dropped: string[];
	/** Stops given up before for this visit by a team that then declined it: they are made again. */
	back: string[];
	/** Of every team whose stops change, the team that goes first. */
	days: DayChange[];
	/** Minutes by which each other stop becomes later. */
	later: { key: string; minutes: number }[];
	applied: boolean;
}

/** How it stands with a team that was sent out. */
export interface TeamState {
	team: string;
	departedAt: string | null;
	returnedAt: string | null;
	/** The minutes of the day as they were signed. */
	minutes: { text: string; by: string; at: string } | null;
	/** Changes of its route, the newest first, and what the team said to each; null while it has not answered. */
	changes: Pick<RouteChange, 'at' | 'why' | 'key' | 'answer' | 'back'>[];
}

export interface DrawView {
	id: string;
	no: number;
	on: string;
	purpose: string;
	/** SHA-256, published before the draw. */
	commitment: string;
	pool: DrawPool;
	committedAt: string;
	drawnAt: string | null;
	revealedAt: string | null;
	/** Null until every drawn team has departed. */
	seed: string | null;
	outcome: DrawOutcome | null;
	/** Names of the sites and officers of the outcome, by id; those of finished sites too. Not part of what is checked. */
	names: Record<string, string>;
	planId: string | null;
}
