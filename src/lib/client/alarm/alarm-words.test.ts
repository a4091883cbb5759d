import { expect, test } from 'vitest';
import { anAlarm } from '../live/alarm.fixture.ts';
import { alarmTitle, asksLater, easedFrom, nextStep } from './alarm-words.ts';

const RAISED = '2026-11-20T08:00:00Z';
const BACK = '2026-11-20T08:30:00Z';

test.each([
	['asks since it began', { spokeAt: RAISED }, false],
	['asks since its shelf ran out', { spokeAt: BACK }, true],
	['is in somebody’s hands and asks no more', { spokeAt: BACK, handling: 'acknowledged' }, false],
	['is kept quiet', { spokeAt: BACK, isOutOfService: true }, false],
] as const)('an alarm that %s', (_, more, expected) => {
	expect(asksLater(anAlarm('a', { raisedAt: RAISED, ...more }))).toBe(expected);
});

test('what has eased is told with the level it had; what is over is called by it', () => {
	const eased = { level: 'warning', worstLevel: 'danger' } as const;
	expect(alarmTitle(anAlarm('a', eased))).toBe('风速预警');
	expect(easedFrom(anAlarm('a', eased))).toBe('danger');
	const over = anAlarm('a', { ...eased, clearedAt: BACK });
	expect(alarmTitle(over)).toBe('风速报警');
	expect(easedFrom(over)).toBeNull();
});

test('somebody else is asked to verify only where somebody had it in hand', () => {
	const over = { clearedAt: BACK, handling: 'acknowledged' } as const;
	expect(nextStep(anAlarm('a', over))).toBe('核实现场已恢复正常，再销号');
	const inHand = { ...over, handling: 'assigned', assignee: { id: 'p', name: '楼建国' } } as const;
	expect(nextStep(anAlarm('a', inHand))).toBe('请他人核实现场已恢复正常，再销号');
});
