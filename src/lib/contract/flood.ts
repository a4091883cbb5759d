// Flood over the wire: the situation as pages and walls draw it, and what pages and programs send.

import * as v from 'valibot';
import type { ExposureBand, Factor } from '../domain/flood/exposure.ts';
import { LEDGER_KINDS, type LedgerKind, type LedgerState } from '../domain/flood/ledger.ts';
import { MEASURES, TRIGGERS, WORKS, type LadderLine } from '../domain/flood/ladder.ts';
import type { Completion, NoticeStep } from '../domain/flood/progress.ts';
import type { JsonMapping } from '../domain/flood/public-json.ts';
import { RESUME_ITEMS } from '../domain/flood/resume.ts';
import type { FloodPhase, Season } from '../domain/flood/season.ts';
import type { SignalProblem, SignalState } from '../domain/flood/signal.ts';
import {
	RESPONSE_LEVELS,
	SIGNAL_COLOURS,
	SIGNAL_KINDS,
	type ResponseLevel,
	type SignalColour,
	type SignalKind,
} from '../domain/flood/signal-kind.ts';
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
	seenAt: string | null;
	stoppedAt: string | null;
	checkedAt: string | null;
	checkDueAt: string | null;
	movedAt: string | null;
	movedDevices: string[];
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
	rain: { h1: number | null; h3: number | null; h24: number | null };
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
	season: Season & { phase: FloodPhase };
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

const Text = (most: number) =>
	v.pipe(v.string(), v.trim(), v.maxLength(most, `最多 ${most} 字 · at most ${most} characters`));
const Named = (most: number) => v.pipe(Text(most), v.minLength(1, '不能为空 · must not be empty'));
const Codes = v.array(
	v.pipe(v.string(), v.regex(/^\d{6}(\d{3})?$/, '须为 6 位或 9 位区划代码 · a code of six or nine digits')),
);
const When = v.pipe(v.string(), v.isoTimestamp('须为带时区的时间 · a time with its zone'));
const Uuid = v.pipe(v.string(), v.uuid());
const Day = v.pipe(v.string(), v.isoDate('须为 YYYY-MM-DD · a day as YYYY-MM-DD'));

export const HandSignal = v.object({
	kind: v.picklist(SIGNAL_KINDS),
	colour: v.picklist(SIGNAL_COLOURS),
	issuer: Named(80),
	areaCodes: Codes,
	headline: v.optional(Text(200), ''),
	body: v.optional(Text(4000), ''),
	issuedAt: v.optional(When),
	expiresAt: v.optional(v.nullable(When), null),
	/** Changes or lifts a signal that was entered by hand. */
	changes: v.optional(Uuid),
	lifts: v.optional(Uuid),
});
export type HandSignal = v.InferOutput<typeof HandSignal>;

export const DeclareResponse = v.object({
	issuer: Named(80),
	level: v.picklist(RESPONSE_LEVELS),
	areaCodes: v.optional(Codes, []),
	note: v.optional(Text(400), ''),
	beganAt: v.optional(When),
});
export type DeclareResponse = v.InferOutput<typeof DeclareResponse>;

export const LadderEdit = v.object({
	trigger: v.picklist(TRIGGERS),
	fromLevel: v.picklist([...SIGNAL_COLOURS, ...RESPONSE_LEVELS, 'any'] as const),
	work: v.picklist(WORKS),
	measure: v.picklist(MEASURES),
	everyHours: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0.5), v.maxValue(72))), null),
	answerMinutes: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(1440))), null),
	note: v.optional(Text(400), ''),
	basis: Named(300),
	source: Named(300),
	isOn: v.boolean(),
}) satisfies v.GenericSchema<unknown, Omit<LadderLine, 'id' | 'confidence' | 'isTemplate'>>;
export type LadderEdit = v.InferOutput<typeof LadderEdit>;

/** POST /api/v1/flood/ladder: a line is written (new without `lineId`), taken out, or the last change is undone. */
export const LadderChange = v.variant('do', [
	v.object({ do: v.literal('put'), lineId: v.optional(v.nullable(Uuid), null), line: LadderEdit }),
	v.object({ do: v.literal('remove'), lineId: Uuid }),
	v.object({ do: v.literal('undo') }),
]);

const Amount = (most: number) => v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(most)));
export const SiteSurvey = v.object({
	groundM: v.nullable(v.pipe(v.number(), v.minValue(-200), v.maxValue(9000))),
	lowGroundM: Amount(50),
	waterloggedTimes: Amount(100),
	waterM: Amount(50_000),
	spoilHeightM: Amount(100),
	hasUnderground: v.nullable(v.boolean()),
	tempStructures: Amount(5000),
	gondolas: Amount(1000),
	people: Amount(20_000),
	pumpM3h: Amount(100_000),
	riverStationId: v.nullable(Uuid),
	source: Named(100),
});
export type SiteSurvey = v.InferOutput<typeof SiteSurvey>;

export const LedgerEdit = v.object({
	kind: v.picklist(LEDGER_KINDS),
	name: Named(100),
	amount: v.optional(Amount(1_000_000), null),
	unit: v.optional(Text(20), ''),
	person: v.optional(v.nullable(Text(60)), null),
	phone: v.optional(
		v.nullable(v.pipe(Text(30), v.regex(/^[\d\s+()-]*$/, '电话只含数字与 +-() · digits and +-() only'))),
		null,
	),
	place: v.optional(v.nullable(Text(200)), null),
	doneOn: v.optional(v.nullable(Day), null),
	validUntil: v.optional(v.nullable(Day), null),
});
export type LedgerEdit = v.InferOutput<typeof LedgerEdit>;

/** POST /api/v1/flood/sites/{id}/ledger: an item is written (new without `id`) or taken out. */
export const LedgerChange = v.variant('do', [
	v.object({ do: v.literal('put'), id: v.optional(v.nullable(Uuid), null), item: LedgerEdit }),
	v.object({ do: v.literal('remove'), id: Uuid }),
]);

/** What a site sends by its link: form fields, with an id made on the phone so that a repeat is the same receipt. */
export const SiteAnswer = v.object({
	id: Uuid,
	kind: v.picklist(['seen', 'stopped', 'checked']),
	byName: Named(40),
	note: v.optional(Text(500), ''),
	answers: v.optional(v.record(v.string(), v.picklist(['yes', 'no'])), {}),
});
export type SiteAnswer = v.InferOutput<typeof SiteAnswer>;

export const ResumeAsk = v.object({
	byName: Named(40),
	items: v.array(v.object({ item: v.picklist(RESUME_ITEMS), isGood: v.boolean(), note: v.optional(Text(300), '') })),
});
export type ResumeAsk = v.InferOutput<typeof ResumeAsk>;

/** The gate after the event: cleared to work again, or sent back with the reason. */
export const ResumeDecision = v.object({ clear: v.boolean(), reason: v.optional(Text(400), '') });

export const CloseEvent = v.object({ lessons: Text(8000) });

/** Readings of rain gauges, river and waterlogging stations: POST /api/v1/flood/readings. */
export const StationReadings = v.object({
	readings: v.pipe(
		v.array(
			v.object({
				station: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
				at: When,
				/** Millimetres of the period, metres of stage, or centimetres of depth. */
				value: v.pipe(v.number(), v.finite()),
				/** Seconds the rain fell in; 0 for a level. */
				periodS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(90_000)), 0),
			}),
		),
		v.maxLength(5000),
	),
});

/** A grid of rain as JSON: rows from north to south, null where nothing is known. */
export const RainGridBody = v.object({
	product: Named(60),
	isForecast: v.boolean(),
	issuedAt: When,
	validAt: When,
	periodS: v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(90_000)),
	bounds: v.tuple([v.number(), v.number(), v.number(), v.number()]),
	width: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2000)),
	height: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2000)),
	mm: v.array(v.nullable(v.number())),
	source: v.optional(Text(100), ''),
});

const Path = v.pipe(v.string(), v.maxLength(120));
/** Which field of a public service's JSON holds what, as paths with dots; empty: the service has no such field. */
export const FeedMapping = v.object({
	...{ list: Path, id: v.pipe(Path, v.minLength(1)), issuedAt: v.pipe(Path, v.minLength(1)), kind: Path, colour: Path },
	...{ liftedAt: Path, expiresAt: Path, text: Path, headline: Path, issuer: Path },
	areas: v.pipe(v.array(Path), v.maxLength(6)),
	zone: v.pipe(v.string(), v.regex(/^[+-]\d\d:\d\d$/, '时区须如 +08:00 · a zone like +08:00')),
}) satisfies v.GenericSchema<unknown, JsonMapping>;

/** Forms a polled feed answers in: CAP, a list of warnings as JSON, stages and rain of the USGS service. */
export const FEED_FORMS = ['cap', 'json', 'usgs'] as const;

/** PUT /api/v1/flood/feeds/{id}: a feed is set; a new id is a new feed. */
export const FeedEdit = v.object({
	name: Named(60),
	form: v.picklist(FEED_FORMS),
	url: v.pipe(v.string(), v.url('须为网址 · an address of the web'), v.maxLength(500)),
	everyS: v.pipe(v.number(), v.integer(), v.minValue(30), v.maxValue(86_400)),
	isOn: v.boolean(),
	/** JSON only; without it the fields of weather.com.cn. */
	mapping: v.optional(v.nullable(FeedMapping), null),
});
export type FeedEdit = v.InferOutput<typeof FeedEdit>;

/** A feed as its page shows it. */
export interface FeedView extends Omit<FeedEdit, 'mapping'> {
	id: string;
	mapping: JsonMapping | null;
	/** Last question, last answer that could be used, last failure. */
	askedAt: string | null;
	answeredAt: string | null;
	failedAt: string | null;
	/** What went wrong last, while nothing has gone right since. */
	fault: string | null;
	/** What the last answer brought. */
	heard: { taken: number; repeated: number; refused: number } | null;
	isSilent: boolean;
}

/** What is said beside the file of a terrain model. */
export const TerrainEntry = v.object({ name: Named(80), datum: v.picklist(['1985', 'wusong', 'local']) });

/** A terrain model that is kept; its heights come by its id. */
export interface TerrainView {
	id: string;
	name: string;
	datum: HeightDatum;
	/** EPSG code of the file. */
	crs: number;
	/** West, south, east, north, WGS 84. */
	bounds: [number, number, number, number];
	width: number;
	height: number;
	cellM: number;
	/** Share of cells with a height, 0 to 1. */
	knownShare: number;
	lowestM: number;
	highestM: number;
	takenAt: string;
	takenBy: string;
}
