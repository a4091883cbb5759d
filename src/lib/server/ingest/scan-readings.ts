// Reads a telemetry body in its usual form straight from the text: no objects that are thrown away, and the values
// stay the text they were sent as. Whatever is not usual (escapes, other scripts, further members, mistakes) is left
// to JSON.parse and check-reading.ts; a test holds both to the same results.

import { TELEMETRY_LIMITS, type Quantity } from '#lib/contract/telemetry.ts';
import { instantUs } from '#lib/domain/device/clock.ts';
import type { LiveDevice } from '../live/live-device.ts';
import type { Row } from './check-reading.ts';

/**
 * The quantities the platform knows, always all of them, so that most readings have one shape; whatever else was sent
 * beside them.
 */
export type ScannedValues = Record<Quantity, number | undefined> & Record<string, number | undefined>;

function nothingKnown(): ScannedValues {
	return {
		momentPercent: undefined,
		loadT: undefined,
		radiusM: undefined,
		hookHeightM: undefined,
		slewDeg: undefined,
		windMs: undefined,
		tiltDeg: undefined,
		loadPercent: undefined,
		persons: undefined,
		cumulativeMm: undefined,
		levelM: undefined,
		forceKn: undefined,
		pm10: undefined,
		noiseDb: undefined,
		pm25: undefined,
		tsp: undefined,
		temperatureC: undefined,
		humidityPercent: undefined,
	};
}

/** A reading whose form is right; the row to store itself, once `device` is set. */
export class ScannedReading implements Row {
	readonly deviceId: string;
	device!: LiveDevice;
	/** NaN when it is no moment. */
	readonly atUs: number;
	readonly seq: number;
	values: Row['values'];
	/** The values as JSON, as they were sent. */
	readonly text: string;
	readonly raw = null;
	readonly gatewayUs = NaN;
	quality: Row['quality'] = null;
	mayRepeat = false;

	constructor(deviceId: string, atUs: number, seq: number, values: ScannedValues, text: string) {
		this.deviceId = deviceId;
		this.atUs = atUs;
		this.seq = seq;
		this.values = values;
		this.text = text;
	}
}

/** @returns undefined when the body has any other form than {"readings":[{"device":…,"at":…,"seq":…,"values":{…}},…]} */
export function scanReadings(text: string): ScannedReading[] | undefined {
	const scan = new Scan(text);
	if (!scan.token('{') || !scan.token('"readings"') || !scan.token(':') || !scan.token('[')) return undefined;
	const readings: ScannedReading[] = [];
	if (!scan.token(']')) {
		do {
			const reading = scan.reading();
			if (!reading) return undefined;
			readings.push(reading);
		} while (scan.token(','));
		if (!scan.token(']')) return undefined;
	}
	return scan.token('}') && scan.isAtEnd() ? readings : undefined;
}

const QUOTE = 0x22;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
/** Names that a JSON library must not make into properties; they are left out with more care elsewhere. */
const SPECIAL = new Set(['__proto__', 'constructor', 'prototype']);
/** Digits a number may have to be put together exactly from a whole number and a power of ten. */
const EXACT_DIGITS = 15;
const TENS = Array.from({ length: EXACT_DIGITS + 1 }, (_, i) => 10 ** i);

class Scan {
	readonly #text: string;
	#at = 0;
	/** The number read last. */
	#number = NaN;
	/** Names of the values of the reading before: devices of a kind send the same ones in the same order. */
	readonly #names: string[] = [];

	constructor(text: string) {
		this.#text = text;
	}

	isAtEnd(): boolean {
		this.#skip();
		return this.#at === this.#text.length;
	}

	/** Goes past it if it is next, blanks before it included. */
	token(token: string): boolean {
		this.#skip();
		if (!this.#text.startsWith(token, this.#at)) return false;
		this.#at += token.length;
		return true;
	}

	reading(): ScannedReading | undefined {
		if (!this.token('{') || !this.token('"device"') || !this.token(':')) return undefined;
		const device = this.#string(64);
		if (device === undefined || !this.token(',') || !this.token('"at"') || !this.token(':')) return undefined;
		const at = this.#string(64);
		if (at === undefined || !this.token(',')) return undefined;
		let seq = 0;
		if (this.token('"seq"')) {
			if (!this.token(':') || !this.#readNumber() || !this.token(',')) return undefined;
			seq = this.#number;
			if (!Number.isSafeInteger(seq) || seq < 0) return undefined;
		}
		if (!this.token('"values"') || !this.token(':')) return undefined;
		this.#skip();
		const begin = this.#at;
		const values = this.#values();
		if (!values) return undefined;
		const text = this.#text.slice(begin, this.#at);
		return this.token('}') ? new ScannedReading(device, instantUs(at), seq, values, text) : undefined;
	}

	#values(): ScannedValues | undefined {
		const values = nothingKnown();
		if (!this.token('{')) return undefined;
		if (this.token('}')) return values;
		let count = 0;
		do {
			if (count === TELEMETRY_LIMITS.values) return undefined;
			const name = this.#name(count++);
			if (name === undefined || !this.token(':')) return undefined;
			this.#skip();
			if (!this.#readNumber()) return undefined;
			values[name] = this.#number;
		} while (this.token(','));
		return this.token('}') ? values : undefined;
	}

	/** @param index - which value of the reading it names */
	#name(index: number): string | undefined {
		this.#skip();
		const expected = this.#names[index];
		const end = this.#at + 1 + (expected?.length ?? 0);
		if (
			expected !== undefined &&
			this.#text.charCodeAt(this.#at) === QUOTE &&
			this.#text.charCodeAt(end) === QUOTE &&
			this.#text.startsWith(expected, this.#at + 1)
		) {
			this.#at = end + 1;
			return expected;
		}
		const name = this.#string(64);
		if (!name || isDigit(name.charCodeAt(0)) || SPECIAL.has(name)) return undefined;
		this.#names[index] = name;
		return name;
	}

	/** A text of printable ASCII without escapes. */
	#string(limit: number): string | undefined {
		this.#skip();
		if (this.#text.charCodeAt(this.#at) !== QUOTE) return undefined;
		const begin = this.#at + 1;
		for (let at = begin; at <= begin + limit; at++) {
			const code = this.#text.charCodeAt(at);
			if (code === QUOTE) {
				this.#at = at + 1;
				return this.#text.slice(begin, at);
			}
			// NaN behind the end of the text is none of these either.
			if (!(code >= 0x20 && code < 0x7f && code !== 0x5c)) return undefined;
		}
		return undefined;
	}

	/** A number without exponent and of few enough digits; puts it into `#number`. */
	#readNumber(): boolean {
		const text = this.#text;
		this.#skip();
		let at = this.#at;
		const isNegative = text.charCodeAt(at) === MINUS;
		if (isNegative) at++;
		const begin = at;
		let whole = 0;
		let code = text.charCodeAt(at);
		while (isDigit(code)) {
			whole = whole * 10 + (code - ZERO);
			code = text.charCodeAt(++at);
		}
		let digits = at - begin;
		// JSON knows no leading zeros.
		if (digits === 0 || (digits > 1 && text.charCodeAt(begin) === ZERO)) return false;
		let decimals = 0;
		if (code === POINT) {
			const point = at;
			code = text.charCodeAt(++at);
			while (isDigit(code)) {
				whole = whole * 10 + (code - ZERO);
				code = text.charCodeAt(++at);
			}
			decimals = at - point - 1;
			digits += decimals;
			if (decimals === 0) return false;
		}
		if (digits > EXACT_DIGITS || code === 0x65 || code === 0x45) return false;
		this.#number = (isNegative ? -whole : whole) / TENS[decimals]!;
		this.#at = at;
		return true;
	}

	#skip(): void {
		for (;;) {
			const code = this.#text.charCodeAt(this.#at);
			if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
			this.#at++;
		}
	}
}

function isDigit(code: number): boolean {
	return code >= ZERO && code <= NINE;
}
