// Moments as vendors write them: local time of China without a zone, in a handful of forms.

import { instantUs } from '#lib/domain/device/clock.ts';

const ZONE = '+08:00';
const SPACED = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,6})?)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{3})?)?$/;
/** Whole numbers above it are milliseconds. */
const SECONDS_BELOW = 100_000_000_000;

/**
 * ISO 8601 with zone for whatever a vendor sends: ISO with zone as it is; `YYYY-MM-DD HH:mm:ss`, `YYYYMMDDHHmm[ss[SSS]]`
 * without one as Asia/Shanghai; a number as seconds or milliseconds since 1970. Undefined when it is no moment.
 */
export function vendorTime(value: unknown): string | undefined {
	if (typeof value === 'number') {
		const ms = value < SECONDS_BELOW ? value * 1000 : value;
		return Number.isFinite(ms) && ms >= 0 && ms < 8.64e15 ? checked(new Date(ms).toISOString()) : undefined;
	}
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	const spaced = SPACED.exec(text);
	if (spaced) {
		const [, year, month, day, hour, minute, second = '00', fraction = ''] = spaced;
		return checked(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}${fraction}${ZONE}`);
	}
	if (!Number.isNaN(instantUs(text))) return text;
	const compact = COMPACT.exec(text);
	if (compact) {
		const [, year, month, day, hour, minute, second = '00', ms] = compact;
		return checked(`${year}-${month}-${day}T${hour}:${minute}:${second}${ms ? `.${ms}` : ''}${ZONE}`);
	}
	return /^\d{9,13}$/.test(text) ? vendorTime(Number(text)) : undefined;
}

const two = (digits: string | undefined) => (digits ?? '').padStart(2, '0');
const checked = (text: string) => (Number.isNaN(instantUs(text)) ? undefined : text);
