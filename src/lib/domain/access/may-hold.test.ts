import { describe, expect, test } from 'vitest';
import { mayHold, opensInTown } from './may-hold.ts';
import { ROLES, type Role } from './principal.ts';

describe('roles in one hand', () => {
	test.each<[string, Role[], true | string]>([
		['none', [], true],
		['one administrator', ['systemAdmin'], true],
		['the same administrator in two areas', ['systemAdmin', 'systemAdmin'], true],
		['an administrator who also supervises', ['systemAdmin', 'supervisor'], true],
		['duty officer and analyst', ['dutyOfficer', 'analyst'], true],
		['system and security', ['systemAdmin', 'securityAdmin'], 'admins-apart'],
		['system and audit', ['systemAdmin', 'auditor'], 'admins-apart'],
		['security and audit', ['supervisor', 'securityAdmin', 'auditor'], 'admins-apart'],
		['a person is no wall', ['leader', 'wall'], 'not-for-people'],
		['a person is no device', ['device'], 'not-for-people'],
	])('%s', (_, roles, expected) => {
		const verdict = mayHold(roles);
		expect(verdict.ok || verdict.reason).toBe(expected);
	});
});

test('security administrator and auditor open nothing in a town; every other role does', () => {
	expect(ROLES.filter((role) => !opensInTown(role))).toEqual(['securityAdmin', 'auditor']);
});
