// The flood over the wire as pages and walls draw it. What is sent stands in flood-entry.ts, where water and warnings come
// from in flood-source.ts.

import type { Sentence } from '../domain/import/sentence.ts';
import type { ExposureBand, Factor } from '../domain/flood/exposure.ts';
import type { LedgerKind, LedgerState } from '../domain/flood/ledger.ts';
import type { Completion, NoticeStep } from '../domain/flood/progress.ts';
import type { RainKnown } from '../domain/flood/rain-known.ts';
import type { FloodPhase, Season } from '../domain/flood/season.ts';
import type { SignalProblem, SignalState } from '../domain/flood/signal.ts';
import type { ResponseLevel, SignalColour, SignalKind } from '../domain/flood/signal-kind.ts';
import type { HeightDatum, StageGrade } from '../domain/flood/station.ts';
import type { MultiPolygon } from 'geojson';

export interface SignalMessageView {
	id: string;
	issuer: string;
	kind: SignalKind;
	colour: SignalColour | null;
	event: string;
	headline: string;
	body: string;
	instruction: string;
	state: SignalState;
	isExercise: boolean;
	areaText: string;
	area: MultiPolygon | null;
	areaCodes: string[];
	isWhole: boolean;
	issuedAt: string;
	changedAt: string | null;
	liftedAt: string | null;
	expiresAt: string | null;
	/** Past the end its issuer expected, and nobody lifted it. */
	isPastExpiry: boolean;
	problems: SignalProblem[];
	/** Sites it holds for. */
	sites: number;
}

export interface ResponseView {
	id: string;
	issuer: string;
	level: ResponseLevel;
	areaCodes: string[];
	note: string;
	beganAt: string;
	endedAt: string | null;
}

export interface NoticeView {
	id: string;
	siteId: string;
	siteNo: number;
	step: NoticeStep;
	reason: string;
	sentAt: string;
	answerBy: string;
	/** By when work, and cranes with it, stand still; null: nothing asks them to. */
	standBy: string | null;
	seenAt: string | null;
	stoppedAt: string | null;
	checkedAt: string | null;
	checkDueAt: string | null;
	movedAt: string | null;
	movedDevices: string[];
	/** Something of it has to be stopped: having seen it is not enough. */
	mustStop: boolean;
	/** Its triggers are over; what was stopped waits at the gate. */
	awaitsResume: boolean;
	resume: 'asked' | 'cleared' | 'refused' | null;
	measures: { measure: string; work: string; isConditional: boolean }[];
}

export interface StationView {
	id: string;
	code: string;
	kind: 'rain' | 'river' | 'waterlogging';
	name: string;
	at: [number, number];
	datum: HeightDatum | null;
	offsetTo1985M: number | null;
	warningM: number | null;
	guaranteedM: number | null;
	/** Moment of the newest reading; null: it never reported. */
	observedAt: string | null;
	/** Older than twice its interval: shown, and not believed. */
	isStale: boolean;
	/** Newest level in metres, or depth in centimetres. */
	value: number | null;
	/** Whole sums of the last hours, mm; for spans with a gap what fell at least. */
	rain: RainKnown;
	grade: StageGrade | 'normal' | 'notice' | 'warning' | 'danger';
}

export interface GridView {
	id: string;
	product: string;
	isForecast: boolean;
	issuedAt: string;
	validAt: string;
	periodS: number;
	bounds: [number, number, number, number];
	width: number;
	height: number;
	sourceName: string;
}

export interface ExposureView {
	no: number;
	siteId: string;
	score: number;
	band: ExposureBand;
	uncertainty: number;
}

export interface FloodEventView {
	id: string;
	name: string;
	beganAt: string;
	endedAt: string | null;
}

/** Kinds of objects a flood reaches first, as the two lists of S003 name them together. */
export const SENSITIVE_KINDS = [
	'deepPit',
	'spoilHeap',
	'underground',
	'byWater',
	'lifting',
	'tempStructure',
	'formwork',
	'shed',
] as const;
export type SensitiveKind = (typeof SENSITIVE_KINDS)[number];

export interface SensitiveObject {
	kind: SensitiveKind;
	siteNo: number;
	at: [number, number];
}

/** GET /api/v1/flood */
export interface FloodNow {
	at: string;
	season: Omit<Season, 'source'> & { phase: FloodPhase; source: Sentence };
	event: FloodEventView | null;
	signals: SignalMessageView[];
	responses: ResponseView[];
	completion: Completion | null;
	notices: NoticeView[];
	stations: StationView[];
	grids: GridView[];
	exposure: ExposureView[];
	objects: SensitiveObject[];
	ledger: { no: number; gap: number }[];
	isDemo: boolean;
	/** Feeds that have not answered for some time: what they do not say is not known to be calm. */
	silentFeeds: { name: string; answeredAt: string | null }[];
}

export interface ExposureDetail extends ExposureView {
	hazard: number;
	exposure: number;
	vulnerability: number;
	rules: string;
	judgedAt: string;
	factors: Factor[];
}

export interface LedgerRow {
	id: string;
	kind: LedgerKind;
	name: string;
	amount: number | null;
	unit: string;
	person: string | null;
	phone: string | null;
	place: string | null;
	doneOn: string | null;
	validUntil: string | null;
	state: LedgerState;
}
