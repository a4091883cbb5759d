// What pages, programs and sites send in the flood season: signals and levels by hand, ladder, survey, ledger, answers,
// readings.

import * as v from 'valibot';
import { LEDGER_KINDS } from '../domain/flood/ledger.ts';
import { MEASURES, TRIGGERS, WORKS, type LadderLine } from '../domain/flood/ladder.ts';
import { RESUME_ITEMS } from '../domain/flood/resume.ts';
import { RESPONSE_LEVELS, SIGNAL_COLOURS, SIGNAL_KINDS } from '../domain/flood/signal-kind.ts';

export const Text = (most: number) =>
	v.pipe(v.string(), v.trim(), v.maxLength(most, `最多 ${most} 字 · at most ${most} characters`));
export const Named = (most: number) => v.pipe(Text(most), v.minLength(1, '不能为空 · must not be empty'));
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

/**
 * The gate after the event: cleared to work again, or sent back with the reason. `unasked`: the bureau settles what is ready
 * without a checklist of the site, and says why.
 */
export const ResumeDecision = v.object({
	clear: v.boolean(),
	reason: v.optional(Text(400), ''),
	unasked: v.optional(v.boolean(), false),
});

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
