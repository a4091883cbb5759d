// Moments on the administrators' pages, in the time of the district.

import { getLocale } from '#lib/client/words/generated/runtime.js';
import { m } from '#lib/client/words/generated/messages.js';

export function moment(date: Date | null): string {
	if (!date) return m.tokens_never();
	const format = new Intl.DateTimeFormat(getLocale(), {
		dateStyle: 'short',
		timeStyle: 'medium',
		timeZone: 'Asia/Shanghai',
	});
	return format.format(date);
}
