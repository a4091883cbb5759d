import { describe, expect, test } from 'vitest';
import { deliveryRules, ladderRules } from '../../../../db/rules/escalation.ts';
import {
	dueRungs,
	onDuty,
	pauseMs,
	stopReason,
	townsWithoutDuty,
	type DutyRole,
	type Shift,
	type ToldRung,
} from './escalation.ts';
import { bornAlarm, type Life } from './life.ts';

const MIN = 60_000;
const toldTo = (told: number[], vacant: number[] = []) =>
	new Map<number, ToldRung>([
		...told.map((rung) => [rung, 'somebody'] as const),
		...vacant.map((rung) => [rung, 'nobody'] as const),
	]);
const due = (minutes: number, told: number[] = []) =>
	dueRungs(ladderRules.danger, 0, toldTo(told), minutes * MIN, () => true).map(({ role }) => role);

describe('the ladder of danger', () => {
	test.each([
		['at once the supervisor of the grid', 0, [], ['gridSupervisor']],
		['after five minutes the duty officer', 5, [0], ['dutyOfficer']],
		['a second before not yet', 5 - 1 / 60, [0], []],
		['after a quarter of an hour the leader', 15, [0, 1], ['leader']],
		['nobody twice', 60, [0, 1, 2], []],
		['after the server was away everybody who is overdue', 20, [0], ['dutyOfficer', 'leader']],
	])('%s', (_, minutes, told, expected) => {
		expect(due(minutes, told)).toEqual(expected);
	});
	test('nobody is woken for a notice', () => {
		expect(dueRungs(ladderRules.notice, 0, toldTo([]), 600 * MIN, () => true)).toEqual([]);
	});
});

describe('a ladder with rungs that nobody is on duty for', () => {
	const climb = (minutes: number, absent: DutyRole[], told: number[] = [], vacant: number[] = []) =>
		dueRungs(ladderRules.danger, 0, toldTo(told, vacant), minutes * MIN, (role) => !absent.includes(role)).map(
			({ role, vacant }) => [role, !vacant.includes(role), vacant] as const,
		);
	test('the next is told at once, and whom it stands in for', () => {
		expect(climb(0, ['gridSupervisor'])).toEqual([
			['gridSupervisor', false, ['gridSupervisor']],
			['dutyOfficer', true, ['gridSupervisor']],
		]);
	});
	test('who was told in the place of another is not told again at his own time', () => {
		expect(climb(5, ['gridSupervisor'], [1], [0])).toEqual([]);
		expect(climb(15, ['gridSupervisor'], [1], [0])).toEqual([['leader', true, ['gridSupervisor']]]);
	});
	test('a missing rung further up passes on at its own time', () => {
		expect(climb(4, ['dutyOfficer'], [0])).toEqual([]);
		expect(climb(5, ['dutyOfficer'], [0]).map(([role]) => role)).toEqual(['dutyOfficer', 'leader']);
	});
	test('with nobody at all each vacancy is told once', () => {
		const all: DutyRole[] = ['gridSupervisor', 'dutyOfficer', 'leader'];
		expect(climb(0, all)).toHaveLength(3);
		expect(climb(60, all, [], [0, 1, 2])).toEqual([]);
	});
	test('whoever comes on duty is told then', () => {
		expect(climb(7, ['gridSupervisor', 'leader'], [], [0, 1, 2])).toEqual([['dutyOfficer', true, ['gridSupervisor']]]);
	});
	test('who was told and has gone home since was told all the same', () => {
		expect(climb(3, ['gridSupervisor'], [0])).toEqual([]);
	});
});

describe('where it stops', () => {
	const danger = bornAlarm('danger');
	test.each<[string, Partial<Life>, string | null]>([
		['nobody has taken it', {}, null],
		['acknowledged', { handling: 'acknowledged' }, 'taken'],
		['assigned', { handling: 'assigned' }, 'taken'],
		['suppressed', { suppressedBy: 'p' }, 'quiet'],
		['out of service', { isOutOfService: true }, 'quiet'],
		['danger that is over unseen goes on', { isActive: false }, null],
		['a warning that is over', { isActive: false, worst: 'warning' }, 'over'],
	])('%s', (_, more, expected) => {
		expect(stopReason({ ...danger, ...more })).toBe(expected);
	});
});

describe('who is on duty', () => {
	const shift = (personId: string, area: string, startsMs = 0, endsMs = 100): Shift => ({
		...{ role: 'gridSupervisor', area, personId, personName: personId, startsMs, endsMs },
	});
	test.each([
		['the town before the district', [shift('d', '330109'), shift('t', '330109001')], '330109001', 't'],
		['the district where the town has nobody', [shift('d', '330109'), shift('t', '330109002')], '330109001', 'd'],
		['who came last', [shift('a', '330109', 0), shift('b', '330109', 50)], '330109001', 'b'],
		['not before the shift', [shift('a', '330109', 61)], '330109001', undefined],
		['nor at its end', [shift('a', '330109', 0, 60)], '330109001', undefined],
		['for what has no town, the district', [shift('t', '330109001'), shift('d', '330109')], null, 'd'],
	])('%s', (_, shifts, town, expected) => {
		expect(onDuty(shifts, 'gridSupervisor', town, 60)?.personId).toBe(expected);
	});
});

test('a supervisor of one town leaves the other towns without one', () => {
	const shift: Shift = {
		...{ role: 'gridSupervisor', area: '330109001', personId: 'a', personName: 'a', startsMs: 0, endsMs: 100 },
	};
	const towns = ['330109001', '330109002'];
	expect(townsWithoutDuty([shift], 'gridSupervisor', towns, 50)).toEqual(['330109002']);
	expect(townsWithoutDuty([{ ...shift, area: '330109' }], 'gridSupervisor', towns, 50)).toEqual([]);
	expect(townsWithoutDuty([shift], 'gridSupervisor', towns, 100)).toEqual(towns);
});

test('a message is tried again after doubling pauses and given up in the end', () => {
	const pauses = [1, 2, 3, 7, 8].map((attempts) => pauseMs(attempts, deliveryRules));
	expect(pauses).toEqual([15_000, 30_000, 60_000, 900_000, null]);
});
