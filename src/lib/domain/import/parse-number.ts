// Numbers as people write them in registers: full-width digits, thousands separators, 万 and 亿, a unit behind.

import { factorOf, plain, type Unit } from './unit.ts';

const NUMBER = /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d{1,2})?)(.*)$/;
const TIMES: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8 };

/**
 * @param factor - of the unit in the header; a unit behind the number itself wins
 * @returns the number in `unit`, or undefined when the text is not one. `1,5` is refused: it may be 1.5 or 15.
 */
export function parseNumber(written: string | number, unit: Unit, factor = 1): number | undefined {
	if (typeof written === 'number') return Number.isFinite(written) ? written * factor : undefined;
	const match = NUMBER.exec(plain(written));
	if (!match?.[1]) return undefined;
	const value = Number(match[1].replaceAll(',', ''));
	if (!Number.isFinite(value)) return undefined;

	const behind = match[2] ?? '';
	if (behind === '') return value * factor;
	const own = factorOf(behind, unit);
	if (own !== undefined) return value * own;
	const times = TIMES[behind[0] ?? ''];
	if (times === undefined) return undefined;
	if (behind.length === 1) return value * times * factor;
	const rest = factorOf(behind.slice(1), unit);
	return rest === undefined ? undefined : value * times * rest;
}
