// Readings from devices, as they cross the wire: POST /api/v1/telemetry, JSON or NDJSON.
// The server checks by hand for speed (server/ingest/check-reading.ts); a test holds it to this schema.

import * as v from 'valibot';
import { instantUs } from '../domain/device/clock.ts';
import { isKeepable, isPlainText } from '../domain/device/keepable.ts';
import { QUALITIES } from '../domain/device/quality.ts';

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
	'pm25', // µg/m³
	'tsp', // µg/m³
	'temperatureC', // °C
	'humidityPercent', // % relative
] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** How much one request and one reading may hold. */
export const TELEMETRY_LIMITS = {
	/** Readings in one request. */
	readings: 10_000,
	/** Values of one reading. */
	values: 64,
	/** Characters of a value that is a text. */
	text: 256,
	/** Characters of `raw` once it is written as JSON, and how deep it may be nested. */
	raw: 16_384,
	rawDepth: 32,
	/** Bytes of a body once it is inflated; what arrives is limited at the door. */
	inflatedBytes: 16 * 1024 * 1024,
} as const;

/** A name begins with a letter or a sign, not with a digit, and holds nothing invisible. */
export const VALUE_NAME = /^[^\d\p{C}][^\p{C}]{0,63}$/u;

/** What is wrong with a quantity that is no number; undefined when nothing is, or when its own quality says so. */
export function quantityFault(name: string, value: unknown, quality: unknown): string | undefined {
	if (typeof value === 'number' || !NUMBERS.has(name)) return undefined;
	if (typeof quality === 'object' && quality !== null && Object.hasOwn(quality, name)) return undefined;
	const [zh, en] = typeof value === 'string' ? ['文本', 'the text'] : ['', ''];
	const shown = typeof value === 'string' ? `“${value.slice(0, 32)}”` : String(value);
	return (
		`values.${name} 是${zh}${shown}，应为不带引号的数字，如 "${name}": 9.8 · ` +
		`values.${name} is ${en}${en && ' '}${shown}; expected a number without quotes, as "${name}": 9.8.`
	);
}
const NUMBERS: ReadonlySet<string> = new Set(QUANTITIES);

/**
 * One report of one device. `at` is ISO 8601 with seconds; local time without a zone (`2026-11-20 08:00:00`) is that of
 * Shanghai. `seq` grows per device and tells equal times apart. A known quantity is a number: text is refused, also
 * `"9.8"`, unless `quality` itself says what is wrong with it.
 */
export const ReadingParts = v.object({
	device: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
	at: v.pipe(
		v.string(),
		v.check((text) => !Number.isNaN(instantUs(text)), 'ISO 8601 with seconds'),
	),
	seq: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 0),
	/** `__proto__`, `constructor` and `prototype` are left out. */
	values: v.pipe(
		v.unknown(),
		// To the schema of a record an empty list is an empty record.
		v.check((values) => !Array.isArray(values)),
		v.record(
			v.pipe(v.string(), v.regex(VALUE_NAME)),
			v.union([
				v.pipe(v.number(), v.finite()),
				v.boolean(),
				v.pipe(v.string(), v.maxLength(TELEMETRY_LIMITS.text), v.check(isPlainText)),
			]),
		),
		v.check((values) => Object.keys(values).length <= TELEMETRY_LIMITS.values),
	),
	/** When a gateway between took it in; ISO 8601 like `at`. Kept beside the device's and the server's time. */
	gatewayAt: v.optional(
		v.pipe(
			v.string(),
			v.check((text) => !Number.isNaN(instantUs(text)), 'ISO 8601 with seconds'),
		),
	),
	/** What the device itself says is wrong with a value, by its name. */
	quality: v.optional(v.record(v.pipe(v.string(), v.regex(VALUE_NAME)), v.picklist(QUALITIES))),
	/** What the device sent before it was decoded; kept as evidence, never judged. Members not named here join it. */
	raw: v.optional(
		v.pipe(
			v.unknown(),
			v.check((raw) => isKeepable(raw, TELEMETRY_LIMITS.raw, TELEMETRY_LIMITS.rawDepth)),
		),
	),
});
export const Reading = v.pipe(
	ReadingParts,
	v.check(
		({ values, quality }) =>
			!Object.entries(values).some(([name, value]) => quantityFault(name, value, quality) !== undefined),
		'a known quantity must be a number',
	),
);
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
