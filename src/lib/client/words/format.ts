// Numbers, ages and times as a person reads them. Times are always those of Asia/Shanghai, wherever the browser is.

import { getLocale } from './generated/runtime.js';
import { m } from './generated/messages.js';

const ZONE = 'Asia/Shanghai';
const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function dates(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = `${getLocale()} ${name}`;
	const format =
		made.get(key) ?? new Intl.DateTimeFormat(getLocale(), { timeZone: ZONE, hourCycle: 'h23', ...options });
	made.set(key, format);
	return format as Intl.DateTimeFormat;
}

/** `14:05:09` */
export function clockTime(at: Date | string): string {
	return dates('clock', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(at));
}

/** `14:05`, and with the day when it is another one than that of `now`: `11/20 14:05`. */
export function shortTime(at: Date | string, now: Date): string {
	const day = { month: '2-digit', day: '2-digit' } as const;
	const minute = { hour: '2-digit', minute: '2-digit' } as const;
	const sameDay = dates('day', day).format(new Date(at)) === dates('day', day).format(now);
	return sameDay
		? dates('minute', minute).format(new Date(at))
		: dates('day and minute', { ...day, ...minute }).format(new Date(at));
}

/** From when till when, on which days: `11/20 20:00 – 11/21 08:00`, the second day only when it is another one. */
export function shiftTime(from: Date | string, to: Date | string): string {
	const first = dates('day and minute', { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
	return `${first.format(new Date(from))} – ${shortTime(to, new Date(from))}`;
}

/** A day as the register keeps it, `YYYY-MM-DD`; a moment is cut to its day in Shanghai. */
export function day(at: string): string {
	if (/^\d{4}-\d{2}-\d{2}$/.test(at)) return at;
	const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short' });
	return parts.format(new Date(at));
}

/** Weekday and day for a clock on the wall: `2026年11月21日 星期六`. */
export function longDay(at: Date): string {
	return dates('long', { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }).format(at);
}

export function number(value: number, digits = 0): string {
	const key = `${getLocale()} number ${digits}`;
	const format =
		made.get(key) ??
		new Intl.NumberFormat(getLocale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
	made.set(key, format);
	return (format as Intl.NumberFormat).format(value);
}

/** A value with its unit as devices and rules give them; as many digits as mean something. */
export function withUnit(value: number, unit: string): string {
	const size = Math.abs(value);
	const text = number(value, Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2);
	const sign = SIGNS[unit] ?? unit;
	return sign === '' || sign === '%' || sign === '°' ? `${text}${sign}` : `${text} ${sign}`;
}

/** Units as people read them, where the code (UCUM) is another. */
const SIGNS: Record<string, string> = { deg: '°', Cel: '℃', 'ug/m3': 'µg/m³', m2: 'm²', m3: 'm³' };

/** Floor area: `12.3 万m²` in Chinese, `123,000 m²` in English. */
export function floorArea(m2: number): string {
	if (getLocale() === 'zh-CN' && m2 >= 10_000) return `${number(m2 / 10_000, 1)} 万m²`;
	return `${number(m2)} m²`;
}

type Span = 'seconds' | 'minutes' | 'hours' | 'days';

function inLargestUnit(seconds: number): { unit: Span; n: number } {
	const s = Math.max(0, Math.floor(seconds));
	if (s < 60) return { unit: 'seconds', n: s };
	if (s < 3600) return { unit: 'minutes', n: Math.floor(s / 60) };
	if (s < 86_400) return { unit: 'hours', n: Math.floor(s / 3600) };
	return { unit: 'days', n: Math.floor(s / 86_400) };
}

/** `12 秒前` */
export function age(seconds: number): string {
	const { unit, n } = inLargestUnit(seconds);
	return m[`age_${unit}`]({ n });
}

/** `12 秒` */
export function span(seconds: number): string {
	const { unit, n } = inLargestUnit(seconds);
	return m[`span_${unit}`]({ n });
}

/** A running time for a counter: `04:12`, `1:04:12`. */
export function stopwatch(seconds: number): string {
	const s = Math.max(0, Math.floor(seconds));
	const two = (value: number) => String(value).padStart(2, '0');
	const tail = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
	return s < 3600 ? tail : `${Math.floor(s / 3600)}:${tail}`;
}

/** A text that is known in both languages, in that of the page. */
export function inLanguage({ zh, en }: { zh: string; en: string }): string {
	return getLocale() === 'en' ? en : zh;
}

const SEPARATOR = ' · ';

/**
 * The server says a thing in both languages, `中文 · English`; a page shows its own. What is not said so, or has more
 * parts than these two, stays whole.
 */
export function ownHalf(text: string): string {
	const [zh, en, ...more] = text.split(SEPARATOR);
	const isBoth = en !== undefined && more.length === 0 && /[\u4e00-\u9fff]/.test(zh!) && /^[\x21-\x7e“]/.test(en);
	return isBoth ? inLanguage({ zh: zh!, en }) : text;
}
