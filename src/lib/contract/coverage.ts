// The coverage ledger as pages and programs read it: rounds with their three axes and forecast, and every site with its
// due day and the terms it comes from.

import * as v from 'valibot';
import { Day } from './day.ts';
import type { CampaignDetail } from '../domain/coverage/campaign.ts';
import type { Due, DueTerm } from '../domain/coverage/due.ts';
import type { Forecast } from '../domain/coverage/forecast.ts';
import type { GridJudgement } from '../domain/coverage/low-frequency.ts';
import type { Axis, RoundKind } from '../domain/coverage/round.ts';
import type { Sentence } from '../domain/import/sentence.ts';

export interface LedgerRound {
	id: string;
	name: string;
	kind: RoundKind;
	fromOn: string;
	toOn: string;
	looksBackTo: string | null;
	axes: { sites: Axis; firms: Axis; machines: Axis };
	/** Null for rounds that have not begun. */
	forecast: Forecast | null;
	/** Sites of a campaign that the sample may be drawn from, and how many of them. */
	quota: number | null;
	checklist: string[];
	filter: CampaignFilter;
	report: CampaignReport | null;
}

/** A due day with its terms, the source of each in both languages. */
export interface ShownDue extends Omit<Due, 'terms' | 'quiet'> {
	terms: Shown<DueTerm>[];
	quiet: Shown<NonNullable<Due['quiet']>> | null;
}
type Shown<T> = Omit<T, 'source'> & { source: Sentence };

export interface LedgerSite {
	id: string;
	no: number;
	name: string;
	at: [number, number];
	townCode: string | null;
	gridId: string | null;
	gridOwner: string | null;
	contractor: string | null;
	lastVisitOn: string | null;
	due: ShownDue;
	openHazards: number;
	openMajorHazards: number;
	/** Not visited in the running full-coverage round. */
	isOpenInRound: boolean;
	/** Findings of the first round that somebody other than the finders has to look at. */
	lookBack: { findings: number; byOn: string; notBy: string[] } | null;
	/** Days since the last self-assessment; null when there was none. */
	selfAssessedDaysAgo: number | null;
}

export interface Ledger {
	asOf: string;
	today: string;
	rounds: LedgerRound[];
	sites: LedgerSite[];
	grids: (GridJudgement & { name: string; code: string })[];
	keyPeriods: { id: string; name: string; kind: string; fromOn: string; toOn: string; area: string }[];
	isFloodSeason: boolean;
	/** Last year whose holidays by the lunar calendar are known. */
	holidaysUntil: number;
	/** Working days the pace is taken from, and teams it is shared among. */
	paceDays: number;
	teams: number;
}

export const CampaignFilter = v.object({
	stages: v.optional(v.array(v.string()), []),
	grades: v.optional(v.array(v.picklist(['high', 'medium', 'low'])), []),
	towns: v.optional(v.array(v.string()), []),
	/** Only sites that have one of these. */
	has: v.optional(v.array(v.picklist(['pit', 'crane', 'hoist', 'formwork', 'scaffold'])), []),
	/** Only sites with hazards open. */
	openHazards: v.optional(v.boolean(), false),
});
export type CampaignFilter = v.InferOutput<typeof CampaignFilter>;

export const CampaignWish = v.object({
	name: v.pipe(v.string(), v.trim(), v.minLength(1, '请填写名称 · a name is needed'), v.maxLength(60)),
	fromOn: Day,
	toOn: Day,
	quota: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2000)),
	filter: CampaignFilter,
	checklist: v.pipe(v.array(v.pipe(v.string(), v.trim(), v.maxLength(120))), v.maxLength(40)),
});
export type CampaignWish = v.InferOutput<typeof CampaignWish>;

const AreaCode = v.pipe(v.string(), v.regex(/^\d{6}(\d{3})?$/, '应为区或镇街代码 · the code of a district or town'));
export const KeyPeriodWish = v.object({
	name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
	kind: v.picklist(['holiday', 'exam', 'event', 'resumption']),
	fromOn: Day,
	toOn: Day,
	area: AreaCode,
	/** What it rests on: a leader who switches it on reads this. */
	reason: v.pipe(v.string(), v.trim(), v.minLength(2, '请写明原因 · say why'), v.maxLength(500)),
});
export type KeyPeriodWish = v.InferOutput<typeof KeyPeriodWish>;

export const RoundWish = v.variant('make', [
	v.object({
		make: v.literal('year'),
		year: v.pipe(v.number(), v.integer(), v.minValue(2020), v.maxValue(2100)),
		calendar: v.picklist(['halfYears', 'changzhou']),
		/** Code of the district or town whose key periods the holidays and exam days of the year become; left out: none. */
		holidaysFor: v.optional(AreaCode),
	}),
	v.object({ make: v.literal('campaign'), campaign: CampaignWish }),
	v.object({ make: v.literal('keyPeriod'), period: KeyPeriodWish }),
]);
export type RoundWish = v.InferOutput<typeof RoundWish>;

/** What a campaign came to. */
export interface CampaignReport {
	sampled: number;
	visited: number;
	findings: number;
	majors: number;
	closed: number;
	stopWork: number;
}

/** The report of a campaign as whoever reads it may see it. */
export interface CampaignPaper {
	id: string;
	name: string;
	fromOn: string;
	toOn: string;
	closedOn: string;
	checklist: string[];
	/** Sites to be sampled; null where only a part of the district is shown. */
	sampled: number | null;
	sums: Omit<CampaignReport, 'sampled'>;
	/** Sites that the filter let through, and those the campaign went to. Null, as `detail`, for reports of sums alone. */
	sites: number | null;
	detail: CampaignDetail | null;
}
