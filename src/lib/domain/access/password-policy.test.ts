import { describe, expect, test } from 'vitest';
import { PASSWORD_POLICIES, passwordFlaws, type PasswordFlaw, type PasswordPolicyName } from './password-policy.ts';

const about = ['shenlan', '沈岚岚', 'sitewatch'];

describe('passwords', () => {
	test.each<[PasswordPolicyName, string, string, PasswordFlaw[]]>([
		['dengbao', 'three kinds in ten characters', 'Qianjiang7', []],
		['dengbao', 'nine characters', 'Qianjian7', ['too-short']],
		['dengbao', 'a long sentence of small letters', 'the river rises at night', ['too-few-kinds']],
		['asvs', 'a long sentence of small letters', 'the river rises at night', []],
		['asvs', 'three kinds in ten characters', 'Qianjiang7', ['too-short']],
		['asvs', 'fifteen Chinese characters', '钱塘江潮水夜里涨得比白天还高呢', []],
		['dengbao', 'a common word dressed up', 'P@ssw0rd2026', ['too-common']],
		['dengbao', 'the login inside', 'ShenLan#2026x', ['names-you']],
		['dengbao', 'the product inside', 'SiteWatch#77', ['names-you']],
		['asvs', 'one character again and again', 'aaaaaaaaaaaaaaaa', ['too-common']],
		['asvs', '129 characters', `${'Qianjiang7 '.repeat(11)}1234567 9`.slice(0, 129).padEnd(129, 'x'), ['too-long']],
	])('%s · %s', (policy, _, password, flaws) => {
		expect(passwordFlaws(password, PASSWORD_POLICIES[policy], about)).toEqual(flaws);
	});
});
