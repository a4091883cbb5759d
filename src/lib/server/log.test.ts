import { describe, expect, test } from 'vitest';
import { createLog } from './log.ts';

function logged(facts: object): string {
	const lines: string[] = [];
	createLog('info', { write: (line) => void lines.push(line) }).info(facts, 'said');
	return lines.join('');
}

describe('the log', () => {
	test.each([
		['a header', { headers: { authorization: 'Bearer SECRET', host: 'here' } }],
		['a cookie', { headers: { cookie: 'sid=SECRET' } }],
		['a cookie being set', { headers: { 'set-cookie': 'sid=SECRET' } }],
		['a password', { password: 'SECRET' }],
		['a password in a form', { form: { login: 'shenlan', password: 'SECRET' } }],
		['a token', { token: 'SECRET' }],
		['a telephone number two levels down', { site: { manager: { phone: 'SECRET' } } }],
		['an identity number', { person: { idcard: 'SECRET' } }],
	])('never tells %s', (_, facts) => {
		const line = logged(facts);
		expect(line).toContain('said');
		expect(line).not.toContain('SECRET');
	});

	test('a name with a line break in it stays one line', () => {
		expect(logged({ device: 'TC-1\n{"level":50}' }).trim().split('\n')).toHaveLength(1);
	});
});
