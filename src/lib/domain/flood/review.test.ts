import { describe, expect, test } from 'vitest';
import { missedChecks, reviewEvent, type ReviewedNotice } from './review.ts';

const at = (clock: string) => new Date(`2026-07-10T${clock}:00+08:00`);
const yellow = { at: at('08:00'), answerBy: at('08:30') };
const orange = { at: at('11:00'), answerBy: at('11:30') };
const notice = (more: Partial<ReviewedNotice> = {}): ReviewedNotice => ({
	siteId: 's',
	siteName: '甲工地',
	orders: [yellow],
	answers: [at('08:10'), at('08:20')],
	checks: [],
	checksFrom: at('08:00'),
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
				notice({ siteId: 'b', siteName: '乙工地', answers: [at('09:00')] }),
				notice({ siteId: 'c', siteName: '丙工地', answers: [], moved: true }),
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
	test.each([
		['in time when each order was', [at('08:10'), at('11:10')], { answeredInTime: 1 }],
		[
			'late by its first order, though it was quick with the second',
			[at('10:00'), at('11:10')],
			{ late: [{ minutes: 90 }] },
		],
		['late by the first order when only the second was answered', [at('11:10')], { late: [{ minutes: 160 }] }],
		[
			'one that never answered when the second order got no answer',
			[at('08:10')],
			{ missed: [{ siteName: '甲工地' }] },
		],
	])('calls a site that was told twice %s', (_, answers, expected) => {
		const none = { answeredInTime: 0, late: [], missed: [] };
		const review = reviewEvent([notice({ orders: [yellow, orange], answers })], at('20:00'), 25);
		expect(review).toMatchObject({ ...none, ...expected });
	});
	test('does not ask about an order that another overtook, or that ended, before its deadline', () => {
		const soon = { at: at('08:20'), answerBy: at('08:50') };
		const both = notice({ orders: [yellow, soon], answers: [at('08:45')] });
		const lifted = notice({ siteId: 'b', answers: [], endedAt: at('08:15') });
		expect(reviewEvent([both, lifted], at('20:00'), 25)).toMatchObject({ answeredInTime: 1, late: [], missed: [] });
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
