import { describe, expect, test } from 'vitest';
import { allowedHosts, isAllowedHost, isLoopback } from './host.ts';
import { localPath } from './local-path.ts';

const machine = { name: 'bureau-1', addresses: ['10.2.3.4', 'fe80::1'] };

describe('names this server answers to', () => {
	test.each([
		['127.0.0.1', '', '127.0.0.1:3000', true],
		['127.0.0.1', '', 'localhost:3000', true],
		['127.0.0.1', '', '[::1]:3000', true],
		['127.0.0.1', '', 'evil.example:3000', false],
		['127.0.0.1', '', '127.0.0.1.evil.example', false],
		['127.0.0.1', '', 'user@127.0.0.1', false],
		['127.0.0.1', '', undefined, false],
		['127.0.0.1', 'https://map.example.gov.cn', 'map.example.gov.cn', true],
		['127.0.0.1', 'https://map.example.gov.cn', 'MAP.example.gov.cn:443', true],
		['10.2.3.4', '', '10.2.3.4:3000', true],
		['10.2.3.4', '', '10.2.3.5:3000', false],
		['0.0.0.0', '', '10.2.3.4:3000', true],
		['0.0.0.0', '', 'bureau-1', true],
		['0.0.0.0', '', 'rebound.example', false],
	])('listening on %s with ORIGIN “%s”: %s → %s', (HOST, ORIGIN, header, expected) => {
		expect(isAllowedHost(allowedHosts({ HOST, ORIGIN }, machine), header)).toBe(expected);
	});

	test.each([
		['127.0.0.1', true],
		['127.1.2.3', true],
		['::1', true],
		['::ffff:127.0.0.1', true],
		['localhost', true],
		['0.0.0.0', false],
		['10.2.3.4', false],
		['127.0.0.1.evil.example', false],
	])('%s is this machine itself: %s', (host, expected) => {
		expect(isLoopback(host)).toBe(expected);
	});
});

describe('where to go on after signing in', () => {
	test.each([
		['/admin/import?kind=sites', '/admin/import?kind=sites'],
		['/', '/'],
		[null, '/'],
		['', '/'],
		['//evil.example', '/'],
		['/\\evil.example', '/'],
		['https://evil.example/', '/'],
		['javascript:alert(1)', '/'],
		['/\t/evil.example', '/'],
		['/.//evil.example', '/'],
		['/a/..//evil.example', '/'],
	])('%s → %s', (asked, expected) => {
		expect(localPath(asked)).toBe(expected);
	});
});
