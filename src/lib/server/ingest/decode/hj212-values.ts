// What stands between `CP=&&` and `&&`: values by code and part, with the flag of each code.

import { quantityFault } from '#lib/contract/telemetry.ts';
import type { Quality } from '#lib/domain/device/quality.ts';
import type { DecodedReading, MappingSettings } from './decoded.ts';
import { scaled, tidyName } from './frame.ts';
import { isNormal, knownQuantity, nameOfCode, partOf, type Part } from './hj212-codes.ts';

const MOST_VALUES = 56;
const WORDS_LONG = 64;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

interface Code {
	flag?: string;
	parts: [Part, string][];
}

export interface Hj212Data {
	codes: Map<string, Code>;
	/** Pairs that belong to no code, such as `RestartTime` and `PolId`. */
	others: Map<string, string>;
}

/** Pairs are told apart by `;` and `,` alike: devices mix them up. */
export function dataOf(content: string): Hj212Data {
	const codes = new Map<string, Code>();
	const others = new Map<string, string>();
	const codeOf = (name: string) => {
		const known = codes.get(name) ?? { parts: [] };
		codes.set(name, known);
		return known;
	};
	for (const pair of content.split(/[;,]/)) {
		const at = pair.indexOf('=');
		if (at <= 0) continue;
		const name = pair.slice(0, at).trim();
		const value = pair.slice(at + 1).trim();
		const hyphen = name.lastIndexOf('-');
		const part = partOf(name.slice(hyphen + 1));
		if (hyphen <= 0) {
			// `NOIS-Rtd=45.2,NOIS=N`: a flag whose device left out what it is.
			if (codes.has(name) && /^[A-Z]$/i.test(value)) codes.get(name)!.flag ??= value;
			// `PM10=71.5`: a value whose device left out that it is of this moment.
			else if (knownQuantity(name) !== undefined && isNumber(value)) codeOf(name).parts.push([partOf('Rtd'), value]);
			else others.set(name, value);
		} else if (part.is === 'flag') codeOf(name.slice(0, hyphen)).flag = value;
		else codeOf(name.slice(0, hyphen)).parts.push([part, value]);
	}
	return { codes, others };
}

/** The value of `DataTime`, taken out of the others. */
export function takeDataTime({ others }: Hj212Data): string | undefined {
	for (const [name, value] of others) {
		if (name.toLowerCase() !== 'datatime') continue;
		others.delete(name);
		return value;
	}
	return undefined;
}

/** @param isMoment - of an upload of moments; the means of any other stand for it */
export function takeValues(
	reading: DecodedReading,
	{ codes, others }: Hj212Data,
	{ isMoment, isOf2005 }: { isMoment: boolean; isOf2005: boolean },
	{ unitFactors }: MappingSettings,
): void {
	const quality: Record<string, Quality> = {};
	const { values } = reading;
	const isFull = () => Math.max(Object.keys(values).length, Object.keys(quality).length) >= MOST_VALUES;
	for (const [base, { flag, parts }] of named(codes)) {
		const isBad = flag !== undefined && !isNormal(flag, isOf2005);
		for (const [part, written] of parts) {
			const to = tidyName(nameOf(part.name, base, isMoment));
			if (to === undefined || isFull()) continue;
			const isJudged = part.name === 'Rtd' || (!isMoment && to.endsWith('-Avg'));
			if (part.is !== 'word' && isNumber(written))
				values[to] = part.is === 'measure' ? scaled(Number(written), unitFactors?.[base]) : Number(written);
			else if (isJudged) quality[to] = written === '' ? 'missing' : 'invalid';
			else values[to] = wordOf(written);
			if (part.is === 'measure' && isBad) quality[to] = 'flagged';
		}
		if (isBad && tidyName(base) && !isFull()) values[`${base}-Flag`] = wordOf(flag).slice(0, 8);
	}
	for (const [name, value] of others) {
		if (tidyName(name) === undefined || Object.hasOwn(values, name) || isFull()) continue;
		if (quantityFault(name, value, undefined) === undefined) values[name] = wordOf(value);
	}
	if (Object.keys(quality).length > 0) reading.quality = quality;
}

/**
 * Codes with the names their values get, those we know first: what does not fit stays in `raw`. Where two codes mean one
 * quantity, such as LA and Leq, the first is it and the other keeps its name.
 */
function named(codes: Hj212Data['codes']): [base: string, Code][] {
	const taken = new Set<string>();
	const known: [string, Code][] = [];
	const unknown: [string, Code][] = [];
	for (const [code, content] of codes) {
		const quantity = knownQuantity(code);
		if (quantity === undefined || taken.has(quantity)) unknown.push([nameOfCode(code), content]);
		else known.push([quantity, content]);
		if (quantity !== undefined) taken.add(quantity);
	}
	return [...known, ...unknown];
}

const isNumber = (written: string) => DECIMAL.test(written) && Number.isFinite(Number(written));

/** The level of noise that a minute or an hour was equal to is its mean. */
function nameOf(part: string, base: string, isMoment: boolean): string {
	if (part === 'Rtd') return base;
	return part === 'Data' && base === 'noiseDb' && !isMoment ? 'noiseDb-Avg' : `${base}-${part}`;
}

const wordOf = (written: string) => readable(written).slice(0, WORDS_LONG);

/** Logs come in UTF-8 although the frame is counted in bytes. */
export function readable(written: string): string {
	const text = Buffer.from(written, 'latin1').toString('utf8');
	return text.includes('\ufffd') ? written : text;
}
