// One cell into one value of its field.

import type { Cell, Field, Value } from './field.ts';
import { isCreditCode, tidyCode } from './parse-code.ts';
import { parseDay } from './parse-day.ts';
import { parseNumber } from './parse-number.ts';
import { parseWkt } from './parse-wkt.ts';
import { factorOfHeader, plain } from './unit.ts';

/** The apostrophe that lists that go out have before what a spreadsheet would take for a formula: no part of the text. */
const GUARD = /^'(?=[=+\-@＝＋－＠])/;

/** Words that stand in registers where nothing is known. */
const NOTHING = new Set(['', '-', '--', '/', '\\', '无', '暂无', '未知', 'n/a', 'na', 'null', 'none', 'nan', '#n/a']);

/**
 * @param header - the column's name, which may carry a unit
 * @returns the value; null for an empty cell; undefined when the cell cannot be read as this field
 */
export function parseCell({ of }: Field, header: string, cell: Cell): Value | undefined {
	if (cell === null || typeof cell === 'boolean') return cell === null ? null : undefined;
	if (typeof cell === 'string' && NOTHING.has(cell.trim().toLowerCase())) return null;
	if (isNumberedText(of.type) && hasLostDigits(cell)) return undefined;
	if (typeof cell === 'string') cell = cell.replace(GUARD, '');

	switch (of.type) {
		case 'text':
			return parseText(String(cell), of.max);
		case 'day':
			return parseDay(cell, of.month);
		case 'number': {
			const value = parseNumber(cell, of.unit, factorOfHeader(header, of.unit));
			if (value === undefined) return undefined;
			const isInside =
				value >= (of.min ?? -Infinity) && value <= (of.max ?? Infinity) && (of.above === undefined || value > of.above);
			return isInside ? Number(value.toPrecision(12)) : undefined;
		}
		case 'choice':
			return parseChoice(String(cell), of.choices);
		case 'digits': {
			const digits = tidyCode(String(cell)).replace(/\.0$/, '');
			return /^\d+$/.test(digits) && digits.length === of.length ? digits : undefined;
		}
		case 'permit': {
			const permit = tidyCode(String(cell)).replace(/^(\d+)\.0$/, '$1');
			return permit.length <= 60 && isPrintable(permit) ? permit : undefined;
		}
		case 'creditCode': {
			const code = tidyCode(String(cell));
			return isCreditCode(code) ? code : undefined;
		}
		case 'x':
		case 'y':
			return parseDegrees(cell, of.type);
		case 'shape':
			return parseWkt(String(cell)) ?? undefined;
	}
}

/** Fields whose digits are a name, not a quantity. */
function isNumberedText(type: Field['of']['type']): boolean {
	return type === 'text' || type === 'digits' || type === 'permit' || type === 'creditCode';
}

/** A number of more than 15 digits that a spreadsheet kept as a quantity: 330109202403050240, or 3.30109202403051E+17. */
export function hasLostDigits(cell: Cell): boolean {
	if (typeof cell === 'number') return Number.isInteger(cell) && !Number.isSafeInteger(cell);
	return typeof cell === 'string' && /^\d(\.\d+)?E\+1\d$/i.test(cell.trim());
}

function parseText(written: string, max: number): string | null | undefined {
	const tidy = written
		.replace(/[\u200b\ufeff]/g, '')
		.replace(/\s+/g, ' ')
		.trim();
	if (tidy === '') return null;
	return tidy.length <= max && isPrintable(tidy) ? tidy : undefined;
}

/** No control characters or half characters, and no replacement character: that is text read in the wrong encoding. */
function isPrintable(written: string): boolean {
	return !/[\p{Cc}\p{Cs}\ufffd]/u.test(written);
}

function parseChoice(written: string, choices: Readonly<Record<string, readonly string[]>>): string | undefined {
	const flat = plain(written);
	for (const [value, names] of Object.entries(choices)) {
		if (plain(value) === flat || names.some((name) => plain(name) === flat)) return value;
	}
	return undefined;
}

const NUMBER = String.raw`\d{1,3}(?:\.\d+)?`;
const DEGREES = new RegExp(
	`^([东西南北nesw]?)[经纬]?([+-]?${NUMBER})([°度o]?)(?:(${NUMBER})[′'’分](?:(${NUMBER})(?:["”秒]|''|′′)?)?)?([东西南北nesw]?)[经纬]?$`,
);

/**
 * Decimal degrees or metres; `120.2583°`, `E120.2583`, `120°15.5′` and `120°15′30″` too, whose double prime is two primes by
 * now. A letter of the other axis is refused.
 */
function parseDegrees(cell: string | number, axis: 'x' | 'y'): number | undefined {
	const plainNumber = parseNumber(cell, '');
	if (plainNumber !== undefined) return plainNumber;
	const match = DEGREES.exec(plain(String(cell)));
	if (!match) return undefined;
	const [, before = '', degrees = '', sign = '', minutes = '0', seconds = '0', behind = ''] = match;
	const isWhole = (part: string) => !part.includes('.');
	if (match[4] !== undefined && (!sign || !isWhole(degrees))) return undefined;
	if (match[5] !== undefined && !isWhole(minutes)) return undefined;
	if (Number(minutes) >= 60 || Number(seconds) >= 60) return undefined;
	if ((axis === 'x' ? /[南北ns]/ : /[东西ew]/).test(before + behind)) return undefined;
	const size = Math.abs(Number(degrees)) + Number(minutes) / 60 + Number(seconds) / 3600;
	return degrees.startsWith('-') || /[南西sw]/.test(before + behind) ? -size : size;
}
