// A moment with its day and seconds, in Shanghai: where milliseconds matter between three clocks.

const format = new Intl.DateTimeFormat('sv-SE', {
	timeZone: 'Asia/Shanghai',
	dateStyle: 'short',
	timeStyle: 'medium',
});

/** `2026-11-20 08:00:05` */
export const moment = (at: string) => format.format(new Date(at));
