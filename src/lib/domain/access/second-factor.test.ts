import { describe, expect, test } from 'vitest';
import { PASSWORD_POLICIES } from './password-policy.ts';
import { pendingOf, type SignInState } from './second-factor.ts';

const NOW = new Date('2026-11-20T08:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const state = (more: Partial<SignInState> = {}): SignInState => ({
	isDemo: false,
	roles: ['dutyOfficer'],
	hasFactor: false,
	secondFactorAt: null,
	via: 'password',
	passwordChangedAt: daysAgo(1),
	...more,
});

describe('signing in is finished', () => {
	test.each([
		['at once for a duty officer without a second factor', state(), undefined],
		['for nobody who enrolled a factor and has not shown it', state({ hasFactor: true }), 'second-factor'],
		['for no administrator before a factor is enrolled', state({ roles: ['systemAdmin'] }), 'enrol'],
		['for no security administrator either', state({ roles: ['securityAdmin'] }), 'enrol'],
		['for no auditor either', state({ roles: ['auditor', 'leader'] }), 'enrol'],
		[
			'for an administrator who came by single sign-on: still a factor',
			state({ roles: ['auditor'], via: 'oidc' }),
			'enrol',
		],
		['once the factor was shown', state({ roles: ['auditor'], hasFactor: true, secondFactorAt: NOW }), undefined],
		['not while the password is 90 days old', state({ passwordChangedAt: daysAgo(90) }), 'password'],
		['while it is one day younger', state({ passwordChangedAt: daysAgo(89) }), undefined],
		[
			'by single sign-on whatever the age of the password',
			state({ via: 'oidc', passwordChangedAt: daysAgo(400) }),
			undefined,
		],
		['for an account of the demonstration', state({ isDemo: true, roles: ['securityAdmin'] }), undefined],
	] as const)('%s', (_, given, expected) => {
		expect(pendingOf(given, PASSWORD_POLICIES.dengbao, NOW)).toBe(expected);
	});

	test('under ASVS no password grows too old', () => {
		expect(pendingOf(state({ passwordChangedAt: daysAgo(4000) }), PASSWORD_POLICIES.asvs, NOW)).toBeUndefined();
	});
});
