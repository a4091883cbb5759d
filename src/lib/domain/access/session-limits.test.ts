import { describe, expect, test } from 'vitest';
import type { Role } from './principal.ts';
import { judgeSession, sessionClass, sessionEnd, type SessionRules } from './session-limits.ts';

const seconds = (value: number) => ({ value, unit: 's', source: 'test', confidence: 'assumed' as const });
const rules: SessionRules = {
	idle: { admin: seconds(1800), office: seconds(28_800), field: seconds(43_200) },
	absolute: { admin: seconds(43_200), office: seconds(86_400), field: seconds(86_400) },
};
const at = new Date('2026-11-20T08:00:00Z');
const before = (s: number) => new Date(at.getTime() - s * 1000);
const after = (s: number) => new Date(at.getTime() + s * 1000);

describe('how long a session lives', () => {
	test.each<[Role[], string]>([
		[['dutyOfficer'], 'office'],
		[['leader', 'analyst'], 'office'],
		[['supervisor'], 'field'],
		[['supervisor', 'leader'], 'office'],
		[['supervisor', 'systemAdmin'], 'admin'],
		[['auditor'], 'admin'],
		[[], 'office'],
	])('%j is of class %s', (roles, expected) => {
		expect(sessionClass(roles)).toBe(expected);
	});

	test.each([
		['an officer idle for 7 h 59 min', 'dutyOfficer', { seenAt: before(28_799), expiresAt: after(1) }, 'open'],
		['an officer idle for 8 h', 'dutyOfficer', { seenAt: before(28_800), expiresAt: after(1) }, 'idle'],
		['an administrator idle for 30 min', 'systemAdmin', { seenAt: before(1800), expiresAt: after(1) }, 'idle'],
		['a supervisor idle for 11 h', 'supervisor', { seenAt: before(39_600), expiresAt: after(1) }, 'open'],
		['in use, but at its last second', 'dutyOfficer', { seenAt: at, expiresAt: at }, 'expired'],
	] as const)('%s', (_, role, times, expected) => {
		expect(judgeSession({ ...times, revokedAt: null }, [role], rules, at)).toBe(expected);
	});

	test('a revoked session is over, however fresh', () => {
		expect(judgeSession({ seenAt: at, expiresAt: after(1), revokedAt: at }, ['leader'], rules, at)).toBe('revoked');
	});

	test('ends by the strictest role held', () => {
		expect(sessionEnd(['supervisor', 'securityAdmin'], rules, at)).toEqual(after(43_200));
	});
});
