// Looking back on a flood event: which answers came late, which never came, and which measures were not needed. A site
// is judged by the worst of its orders.

export interface ReviewedNotice {
	siteId: string;
	siteName: string;
	/** What it was told, one after the other: a storm that grows orders more, with a deadline of its own. */
	orders: readonly { at: Date; answerBy: Date }[];
	/** Answers of any kind, by time. */
	answers: readonly Date[];
	checks: readonly Date[];
	checkEveryS: number | null;
	/** When the clock of the checks began. */
	checksFrom: Date;
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
	const judged = notices.map((one) => ({ one, late: latenessMin(one, endedAt) }));
	const late = judged.flatMap(({ one, late: minutes }) =>
		minutes !== null && minutes > 0 ? [{ ...name(one), minutes: Math.ceil(minutes) }] : [],
	);
	const missed = judged.filter(({ late: minutes }) => minutes === null).map(({ one }) => name(one));
	const minutes = notices
		.flatMap(({ orders, answers }) => (answers[0] ? [(+answers[0] - +orders[0]!.at) / 60_000] : []))
		.sort((a, b) => a - b);
	return {
		sites: notices.length,
		answeredInTime: judged.filter(({ one, late: minutes }) => minutes === 0 && one.answers.length > 0).length,
		late: late.sort((a, b) => b.minutes - a.minutes),
		missed,
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

/**
 * How late the worst answer of a site was; 0: all in time; null: one never came. An order that a greater one overtook
 * before its deadline, or that ended before it, is not asked about.
 */
function latenessMin({ orders, answers, endedAt }: ReviewedNotice, eventEndedAt: Date): number | null {
	const until = +(endedAt ?? eventEndedAt);
	let worst = 0;
	for (const [i, { at, answerBy }] of orders.entries()) {
		const answer = answers.find((one) => one >= at);
		const overtakenAt = +(orders[i + 1]?.at ?? Infinity);
		if (answer === undefined ? Math.min(until, overtakenAt) < +answerBy : overtakenAt < Math.min(+answerBy, +answer))
			continue;
		if (answer === undefined) return null;
		worst = Math.max(worst, (+answer - +answerBy) / 60_000);
	}
	return worst;
}

/** Whole intervals that passed without a check, from the begin of its clock to the end of the order. */
export function missedChecks({ checksFrom, checks, checkEveryS, endedAt }: ReviewedNotice, eventEndedAt: Date): number {
	if (!checkEveryS) return 0;
	const until = +(endedAt ?? eventEndedAt);
	let missed = 0;
	let from = +checksFrom;
	for (const to of [...checks.map(Number).sort((a, b) => a - b), until]) {
		missed += Math.max(0, Math.ceil((to - from) / (checkEveryS * 1000)) - 1);
		from = to;
	}
	return missed;
}
