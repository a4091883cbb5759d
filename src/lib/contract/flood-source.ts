// Where warnings and water come from: polled feeds, terrain models.

import * as v from 'valibot';
import type { JsonMapping } from '../domain/flood/public-json.ts';
import type { HeightDatum } from '../domain/flood/station.ts';
import { Named } from './flood-entry.ts';

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
