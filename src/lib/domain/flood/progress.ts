// How far the sites have come with what they were told: who has seen, stopped, checked, who is late, and the exceptions
// that a leader must hear.

export interface NoticeState {
	siteId: string;
	answerBy: Date;
	seenAt: Date | null;
	stoppedAt: Date | null;
	checkedAt: Date | null;
	/** Next check of the running clock; null: no repeated check was ordered. */
	checkDueAt: Date | null;
	/** A machine moved after the stop order; null once somebody confirmed the stop again. */
	movedAt: Date | null;
	endedAt: Date | null;
	/** Whether anything has to be stopped at all. */
	mustStop: boolean;
}

/** Worst first. `late`: no answer in time. `overdue`: a check was missed. `moving`: a crane works although stopped. */
export const NOTICE_STEPS = ['moving', 'late', 'overdue', 'sent', 'seen', 'stopped', 'checked', 'ended'] as const;
export type NoticeStep = (typeof NOTICE_STEPS)[number];

/** Where one site stands. Limits: at the very moment of a deadline it is not yet missed. */
export function noticeStep(notice: NoticeState, at: Date): NoticeStep {
	if (notice.endedAt) return 'ended';
	if (notice.movedAt) return 'moving';
	const isAnswered = notice.seenAt !== null || notice.stoppedAt !== null || notice.checkedAt !== null;
	const isDone = notice.mustStop ? notice.stoppedAt !== null : isAnswered;
	if (!isDone && notice.answerBy < at) return 'late';
	if (notice.checkDueAt && notice.checkDueAt < at) return 'overdue';
	if (notice.checkedAt) return 'checked';
	if (notice.stoppedAt) return 'stopped';
	return isAnswered ? 'seen' : 'sent';
}

/** The next moment after `at` from which some site stands elsewhere by time alone, in ms; null: only answers change it. */
export function nextTurnMs(notices: Iterable<NoticeState>, at: Date): number | null {
	let next: number | null = null;
	for (const { endedAt, answerBy, checkDueAt } of notices) {
		if (endedAt) continue;
		for (const limit of [answerBy, checkDueAt]) {
			// At the very moment of a deadline it is not yet missed.
			const turnMs = limit && limit.getTime() + 1;
			if (turnMs && turnMs > at.getTime() && (next === null || turnMs < next)) next = turnMs;
		}
	}
	return next;
}

export interface Completion {
	total: number;
	/** Any answer at all. */
	acknowledged: number;
	stopped: number;
	checked: number;
	late: number;
	overdue: number;
	moving: number;
}

export function completionOf(notices: Iterable<NoticeState>, at: Date): Completion {
	const done: Completion = { total: 0, acknowledged: 0, stopped: 0, checked: 0, late: 0, overdue: 0, moving: 0 };
	for (const notice of notices) {
		done.total += 1;
		if (notice.seenAt ?? notice.stoppedAt ?? notice.checkedAt) done.acknowledged += 1;
		if (notice.stoppedAt) done.stopped += 1;
		if (notice.checkedAt) done.checked += 1;
		const step = noticeStep(notice, at);
		if (step === 'late' || step === 'overdue' || step === 'moving') done[step] += 1;
	}
	return done;
}

/** When the next check is due after one at `checkedAt`; a missed one does not shift the clock of the later ones forward. */
export function nextCheck(checkedAt: Date, everyS: number): Date {
	return new Date(checkedAt.getTime() + everyS * 1000);
}
