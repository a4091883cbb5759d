import { expect, test } from 'vitest';
import { anAlarm } from '../live/alarm.fixture.ts';
import { stillAsking } from './still-asking.ts';

test('of what was chosen a while ago, those are left that nobody has acknowledged and that are not closed; the rest is counted', () => {
	const chosen = ['a', 'b', 'c'].map((id) => anAlarm(id, { handling: 'new' }));
	const now = [anAlarm('a', { handling: 'new', count: 7 }), anAlarm('b', { handling: 'acknowledged' })];
	const { alarms, gone } = stillAsking(chosen, new Map(now.map((alarm) => [alarm.id, alarm])));
	expect(alarms).toEqual([now[0]]);
	expect(gone).toBe(2);
});
