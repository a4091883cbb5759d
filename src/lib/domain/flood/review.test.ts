import { describe, expect, test } from 'vitest';
import { missedChecks, reviewEvent, type ReviewedNotice } from './review.ts';

const at = (clock: string) => new Date(`2026-07-10T${clock}:00+08:00`);
const notice = (more: Partial<ReviewedNotice> = {}): ReviewedNotice => ({
	siteId: 's',
	siteName: '甲工地',
	sentAt: at('08:00'),
	answerBy: at('08:30'),
	firstAnswerAt: at('08:10'),
	stoppedAt: at('08:20'),
	checks: [],
	checkEveryS: null,
	endedAt: at('20:00'),
	moved: false,
	rain24Mm: 80,
	mustStop: true,
	...more,
});

describe('the review of an event', () => {
	test('tells who was late and by how much, who never answered, and whose crane moved', () => {
		const review = reviewEvent(
			[
				notice(),
				notice({ siteId: 'b', siteName: '乙工地', firstAnswerAt: at('09:00') }),
				notice({ siteId: 'c', siteName: '丙工地', firstAnswerAt: null, moved: true }),
			],
			at('20:00'),
			25,
		);
		expect(review).toMatchObject({
			sites: 3,
			answeredInTime: 1,
			late: [{ siteName: '乙工地', minutes: 30 }],
			missed: [{ siteName: '丙工地' }],
			moved: [{ siteName: '丙工地' }],
			medianMinutes: 60,
		});
	});
	test('calls a stop needless where less than heavy rain fell, and is silent where nobody measured', () => {
		const review = reviewEvent([notice({ rain24Mm: 4 }), notice({ rain24Mm: null })], at('20:00'), 25);
		expect(review.needless).toHaveLength(1);
	});
	test.each([
		['none in an event shorter than its clock', { endedAt: at('13:00'), checkEveryS: 6 * 3600 }, 0],
		['one when twelve hours and a minute had none', { endedAt: at('20:01'), checkEveryS: 6 * 3600 }, 2],
		['none when each came in time', { checks: [at('14:00')], checkEveryS: 6 * 3600 }, 0],
		['one between two checks nine hours apart', { checks: [at('09:00'), at('18:00')], checkEveryS: 6 * 3600 }, 1],
	] as const)('counts missed checks: %s', (_, more, count) => {
		expect(missedChecks(notice(more), at('20:00'))).toBe(count);
	});
});
