import { expect, test } from 'vitest';
import { m } from '../words/generated/messages.js';
import { rolesOf, vacancyTexts } from './vacancy.ts';

const note = (alarmId: string, role: 'gridSupervisor' | 'dutyOfficer' | 'leader', personId: string | null) => ({
	...{ alarmId, role, personId, isTest: false },
});

test('an alarm whose supervisor is away and whose officer was told went straight to the next rung', () => {
	expect(vacancyTexts([note('a', 'gridSupervisor', null), note('a', 'dutyOfficer', 'p1')])).toEqual([
		m.voice_vacant({ roles: rolesOf(['gridSupervisor']), n: 1 }),
	]);
});

test('an alarm for which no rung has anybody is said to have reached nobody', () => {
	const lost = (['gridSupervisor', 'dutyOfficer', 'leader'] as const).map((role) => note('a', role, null));
	expect(vacancyTexts([...lost, note('b', 'gridSupervisor', 'p1')])).toEqual([
		m.voice_nobody({ roles: rolesOf(['gridSupervisor', 'dutyOfficer', 'leader']), n: 1 }),
	]);
});

test('a drill alarms nobody', () => {
	expect(vacancyTexts([{ ...note('a', 'leader', null), isTest: true }])).toEqual([]);
});
