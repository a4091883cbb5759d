// A pit as its section shows it: GET /api/v1/pits/[id]/section. And what people report at it.

import * as v from 'valibot';
import type { Band } from '../domain/pit/band.ts';
import type { Forecast } from '../domain/pit/forecast.ts';
import type { PointLimit } from '../domain/pit/limit.ts';
import type { BothLanguages } from './alarm-card.ts';

/** As the domain has it, its source in both languages. */
export interface SectionLimit extends Omit<PointLimit, 'source'> {
	source: BothLanguages;
}

export interface SectionPoint {
	no: number;
	id: string;
	code: string;
	quantity: string;
	sideName: string | null;
	cumulative: SectionLimit | null;
	rate: SectionLimit | null;
	/** Newest value and when; null: never reported. */
	latest: { value: number; observedAt: string } | null;
	/** Per day over the last day; null while readings span too little. */
	ratePerDay: number | null;
	/** Percent of the limits. */
	cumulativePercent: number | null;
	ratePercent: number | null;
	band: Band;
	forecast: Forecast;
	/** Older than its device may be silent. */
	isStale: boolean;
	/** The smallest and largest of the last thirty days. */
	envelope: { low: number; high: number } | null;
	/** When its sensor was set to zero anew, oldest first; `kept` is what the point had reached by then. */
	zeroings: { at: string; kept: number; reason: string; by: string }[];
	/** Day values of the last thirty days, oldest first. */
	curve: { at: string; value: number }[];
}

export interface PitDangerNote {
	id: string;
	sign: number;
	note: string;
	hasPhoto: boolean;
	reportedAt: string;
	reportedBy: string;
	endedAt: string | null;
	endedBy: string | null;
	endNote: string | null;
}

export interface PitSection {
	id: string;
	no: number;
	name: string;
	siteName: string;
	depthM: number | null;
	dugM: number | null;
	stage: string;
	baseSlabOn: string | null;
	sides: { name: string; grade: 'I' | 'II' | 'III' | null; support: string | null; lengthM: number }[];
	points: SectionPoint[];
	dangers: PitDangerNote[];
	/** Daily walk: the last fourteen days, newest first; a missing one counts as late. */
	walks: {
		day: string;
		isSound: boolean | null;
		note: string | null;
		by: string | null;
		state: 'done' | 'due' | 'late';
	}[];
	may: { report: boolean };
}

const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;

export const DangerWish = v.object({
	sign: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7)),
	note: v.pipe(v.string(), v.trim(), v.maxLength(1000)),
	/** Base64; two megabytes at most. */
	photo: v.optional(
		v.nullable(
			v.object({ type: v.picklist(PHOTO_TYPES), data: v.pipe(v.string(), v.base64(), v.maxLength(2_800_000)) }),
		),
		null,
	),
});
export type DangerWish = v.InferOutput<typeof DangerWish>;

export const DangerEnd = v.object({
	dangerId: v.pipe(v.string(), v.uuid()),
	note: v.pipe(v.string(), v.trim(), v.minLength(2, '请写明处置情况 · say what was done'), v.maxLength(1000)),
});

export const ZeroingWish = v.object({
	/** When the sensor began to count from nothing. */
	at: v.pipe(v.string(), v.isoTimestamp()),
	/** What the point had reached by then, in the unit of its readings; null: as its last reading before says. */
	kept: v.nullable(v.pipe(v.number(), v.minValue(-100_000), v.maxValue(100_000))),
	reason: v.pipe(v.string(), v.trim(), v.minLength(2, '请写明原因 · say why'), v.maxLength(500)),
});
export type ZeroingWish = v.InferOutput<typeof ZeroingWish>;

export interface PointZeroed {
	/** For taking it back. */
	sourceId: string;
	kept: number;
}

export const WalkWish = v.object({
	day: v.pipe(v.string(), v.isoDate()),
	isSound: v.boolean(),
	note: v.pipe(v.string(), v.trim(), v.maxLength(1000)),
});
export type WalkWish = v.InferOutput<typeof WalkWish>;
