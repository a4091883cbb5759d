import { describe, expect, test } from 'vitest';
import { completionOf, nextCheck, nextTurnMs, noticeStep, type NoticeState } from './progress.ts';

const at = (clock: string) => new Date(`2026-07-10T${clock}:00+08:00`);
const notice = (more: Partial<NoticeState> = {}): NoticeState => ({
	siteId: 's',
	answerBy: at('08:30'),
	seenAt: null,
	stoppedAt: null,
	checkedAt: null,
	checkDueAt: at('14:00'),
	movedAt: null,
	endedAt: null,
	mustStop: true,
	...more,
});

describe('a site that was told to act', () => {
	test.each([
		['has been sent its order', notice(), '08:10', 'sent'],
		['is not late at the very minute of the deadline', notice(), '08:30', 'sent'],
		['is late a minute after it', notice(), '08:31', 'late'],
		['has seen it', notice({ seenAt: at('08:05') }), '08:10', 'seen'],
		['that has only seen it is late when it had to stop', notice({ seenAt: at('08:05') }), '08:31', 'late'],
		['that has nothing to stop is done by seeing', notice({ seenAt: at('08:05'), mustStop: false }), '08:31', 'seen'],
		['has stopped', notice({ stoppedAt: at('08:20') }), '09:00', 'stopped'],
		['has checked', notice({ stoppedAt: at('08:20'), checkedAt: at('08:25') }), '09:00', 'checked'],
		['rises when its six-hourly check is overdue', notice({ stoppedAt: at('08:20') }), '14:01', 'overdue'],
		['whose crane moves is worst of all', notice({ stoppedAt: at('08:20'), movedAt: at('09:00') }), '09:01', 'moving'],
		['is out of it when its order ended', notice({ endedAt: at('18:00') }), '19:00', 'ended'],
	] as const)('%s', (_, state, clock, step) => {
		expect(noticeStep(state, at(clock))).toBe(step);
	});

	test.each([
		['at the end of its time to answer', [notice()], '08:10', '08:30'],
		['then at its next check', [notice()], '08:31', '14:00'],
		['at the first deadline of several sites', [notice(), notice({ answerBy: at('08:20') })], '08:10', '08:20'],
		['never again once all is past', [notice()], '14:01', null],
		['never when its order ended', [notice({ endedAt: at('08:00') })], '08:10', null],
	] as const)('turns by time alone %s, a millisecond after it', (_, notices, clock, turn) => {
		expect(nextTurnMs(notices, at(clock))).toBe(turn && +at(turn) + 1);
	});

	test('restarts its clock with every check, across midnight too', () => {
		expect(nextCheck(new Date('2026-07-10T22:30:00+08:00'), 6 * 3600).toISOString()).toBe('2026-07-10T20:30:00.000Z');
	});

	test('counts among the sites: acknowledged, late, moving', () => {
		const sites = [
			notice({ stoppedAt: at('08:20') }),
			notice({ seenAt: at('08:02'), stoppedAt: at('08:20'), movedAt: at('08:40') }),
			notice(),
		];
		expect(completionOf(sites, at('09:00'))).toEqual({
			total: 3,
			acknowledged: 2,
			stopped: 2,
			checked: 0,
			late: 1,
			overdue: 0,
			moving: 1,
		});
	});
});
