// Readings from devices, as they cross the wire: POST /api/v1/telemetry, JSON or NDJSON.

import * as v from 'valibot';

/** Quantities the platform knows, with unit in the name. Others are stored as they come and never judged. */
export const QUANTITIES = [
	'momentPercent', // % of the rated load moment
	'loadT', // t on the hook
	'radiusM', // m from the mast
	'hookHeightM', // m, jib to hook
	'slewDeg', // degrees clockwise from north
	'windMs', // m/s, as the device measures (mostly 3-s mean)
	'tiltDeg', // degrees from the vertical
	'loadPercent', // % of the rated load, hoists
	'persons', // people in a hoist cage
	'cumulativeMm', // mm since the zero reading of a pit point
	'levelM', // m, groundwater
	'forceKn', // kN, strut or anchor
	'pm10', // µg/m³
	'noiseDb', // dB(A)
] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** One report of one device. `at` is ISO 8601 with zone; `seq` grows per device and tells equal times apart. */
export const Reading = v.object({
	device: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
	at: v.string(),
	seq: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 0),
	values: v.record(v.pipe(v.string(), v.maxLength(64)), v.union([v.number(), v.boolean(), v.string()])),
	raw: v.optional(v.unknown()),
});
export type Reading = v.InferOutput<typeof Reading>;

export const REJECTIONS = [
	'unknown-device',
	'bad-time',
	'future',
	'bad-value',
	'too-many-values',
	'not-allowed',
] as const;
export type Rejection = (typeof REJECTIONS)[number];

export interface TelemetryAnswer {
	accepted: number;
	duplicates: number;
	rejected: { index: number; code: Rejection; message: string }[];
}
