// What time alone changes of the orders on a page: who is late, whose check is overdue. The page turns them at the moment,
// by the same rule as the server, without asking it.

import type { FloodNow, NoticeView } from '#lib/contract/flood.ts';
import { completionOf, nextTurnMs, noticeStep, type NoticeState } from '#lib/domain/flood/progress.ts';

/** @returns the situation as it stands at a later moment when nothing else happens; the same object when nothing turned */
export function turnedAt(now: FloodNow, at: Date): FloodNow {
	const notices = now.notices.map((notice) => {
		const step = noticeStep(stateOf(notice), at);
		return step === notice.step ? notice : { ...notice, step };
	});
	if (notices.every((notice, i) => notice === now.notices[i])) return now;
	return { ...now, notices, completion: now.completion && completionOf(openOnes(notices), at) };
}

/** When it turns next, in milliseconds of the server's clock. */
export function nextTurnOf(now: FloodNow, at: Date): number | null {
	return nextTurnMs(openOnes(now.notices), at);
}

function openOnes(notices: readonly NoticeView[]): NoticeState[] {
	return notices.map(stateOf).filter(({ endedAt }) => endedAt === null);
}

function stateOf(notice: NoticeView): NoticeState {
	const time = (text: string | null) => (text === null ? null : new Date(text));
	return {
		siteId: notice.siteId,
		answerBy: new Date(notice.answerBy),
		seenAt: time(notice.seenAt),
		stoppedAt: time(notice.stoppedAt),
		checkedAt: time(notice.checkedAt),
		checkDueAt: time(notice.checkDueAt),
		movedAt: time(notice.movedAt),
		endedAt: notice.step === 'ended' ? new Date(notice.answerBy) : null,
		mustStop: notice.mustStop,
	};
}
