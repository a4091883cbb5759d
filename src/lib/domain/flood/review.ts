// Looking back on a flood event: which answers came late, which never came, and which measures were not needed.

export interface ReviewedNotice {
	siteId: string;
	siteName: string;
	sentAt: Date;
	answerBy: Date;
	firstAnswerAt: Date | null;
	stoppedAt: Date | null;
	checks: readonly Date[];
	checkEveryS: number | null;
	endedAt: Date | null;
	moved: boolean;
	/** Rain that fell at the site in the worst 24 hours of the event; null: not measured. */
	rain24Mm: number | null;
	/** Ordered to stop, or to clear what is below ground. */
	mustStop: boolean;
}

export interface Review {
	sites: number;
	answeredInTime: number;
	late: { siteId: string; siteName: string; minutes: number }[];
	missed: { siteId: string; siteName: string }[];
	/** Checks that came later than their clock, and clocks that ran out without one. */
	missedChecks: { siteId: string; siteName: string; count: number }[];
	moved: { siteId: string; siteName: string }[];
	/** Stopped, although less rain fell than the limit below. */
	needless: { siteId: string; siteName: string; rain24Mm: number }[];
	/** Median minutes from notice to the first answer; null when nobody answered. */
	medianMinutes: number | null;
}

/** @param needlessBelowMm - rain of 24 h below which a stop is called needless (begin of heavy rain) */
export function reviewEvent(notices: readonly ReviewedNotice[], endedAt: Date, needlessBelowMm: number): Review {
	const name = ({ siteId, siteName }: ReviewedNotice) => ({ siteId, siteName });
	const answered = notices.filter(({ firstAnswerAt }) => firstAnswerAt !== null);
	const minutes = answered
		.map(({ sentAt, firstAnswerAt }) => (+firstAnswerAt! - +sentAt) / 60_000)
		.sort((a, b) => a - b);
	return {
		sites: notices.length,
		answeredInTime: answered.filter(({ firstAnswerAt, answerBy }) => firstAnswerAt! <= answerBy).length,
		late: answered
			.filter(({ firstAnswerAt, answerBy }) => firstAnswerAt! > answerBy)
			.map((one) => ({ ...name(one), minutes: Math.ceil((+one.firstAnswerAt! - +one.answerBy) / 60_000) }))
			.sort((a, b) => b.minutes - a.minutes),
		missed: notices.filter(({ firstAnswerAt }) => firstAnswerAt === null).map(name),
		missedChecks: notices
			.map((one) => ({ ...name(one), count: missedChecks(one, endedAt) }))
			.filter(({ count }) => count > 0)
			.sort((a, b) => b.count - a.count),
		moved: notices.filter(({ moved }) => moved).map(name),
		needless: notices
			.filter(({ mustStop, rain24Mm }) => mustStop && rain24Mm !== null && rain24Mm < needlessBelowMm)
			.map((one) => ({ ...name(one), rain24Mm: one.rain24Mm! })),
		medianMinutes: minutes.length > 0 ? minutes[minutes.length >> 1]! : null,
	};
}

/** Whole intervals that passed without a check, from the notice to its end. */
export function missedChecks({ sentAt, checks, checkEveryS, endedAt }: ReviewedNotice, eventEndedAt: Date): number {
	if (!checkEveryS) return 0;
	const until = +(endedAt ?? eventEndedAt);
	let missed = 0;
	let from = +sentAt;
	for (const to of [...checks.map(Number).sort((a, b) => a - b), until]) {
		missed += Math.max(0, Math.ceil((to - from) / (checkEveryS * 1000)) - 1);
		from = to;
	}
	return missed;
}
