// The twelve ways a request can claim to come from us.

import { describe, expect, test } from 'vitest';
import { judgeHandshake, judgeOrigin, type AskedFrom } from './origin.ts';

const host = '127.0.0.1:3000';
const own = `http://${host}`;
const publicOrigin = 'https://map.example.gov.cn';
const asked = (more: Partial<AskedFrom>): AskedFrom => ({
	method: 'POST',
	host,
	origin: undefined,
	fetchSite: undefined,
	hasBearer: false,
	hasCookie: true,
	...more,
});

describe('who sent a request that changes something', () => {
	test.each<[string, Partial<AskedFrom>, string, true | string]>([
		['our own page', { origin: own, fetchSite: 'same-origin' }, '', true],
		['our own page in an old browser', { origin: own }, '', true],
		['a page on another site', { origin: 'http://evil.example', fetchSite: 'cross-site' }, '', 'other-site'],
		['a page on another site in an old browser', { origin: 'http://evil.example' }, '', 'other-origin'],
		[
			'a page on another port of this machine',
			{ origin: 'http://127.0.0.1:8080', fetchSite: 'same-site' },
			'',
			'other-site',
		],
		['a sandboxed frame or a file', { origin: 'null' }, '', 'other-origin'],
		['a form posted without any origin', {}, '', 'no-origin'],
		['a program with a token', { hasBearer: true, hasCookie: false }, '', true],
		['a token with a cookie beside it', { hasBearer: true }, '', 'no-origin'],
		[
			'a page on another site with a token',
			{ origin: 'http://evil.example', hasBearer: true, hasCookie: false },
			'',
			'other-origin',
		],
		['the public address behind a proxy', { origin: publicOrigin, host: 'map.example.gov.cn' }, publicOrigin, true],
		[
			'plain http where the public address is https',
			{ origin: 'http://map.example.gov.cn', host: 'map.example.gov.cn' },
			publicOrigin,
			'other-origin',
		],
	])('%s', (_, more, settings, expected) => {
		const verdict = judgeOrigin(asked(more), settings);
		expect(verdict.ok || verdict.reason).toBe(expected);
	});

	test.each(['GET', 'HEAD', 'OPTIONS'])('%s changes nothing and passes from anywhere', (method) => {
		expect(judgeOrigin(asked({ method, origin: 'http://evil.example', fetchSite: 'cross-site' }), '').ok).toBe(true);
	});

	test.each(['PUT', 'PATCH', 'DELETE', 'POST'])('%s from elsewhere does not', (method) => {
		expect(judgeOrigin(asked({ method, origin: 'http://evil.example' }), '').ok).toBe(false);
	});

	test('a socket from elsewhere is refused although its handshake only reads', () => {
		expect(judgeHandshake(asked({ method: 'GET', origin: 'http://evil.example' }), '').ok).toBe(false);
		expect(judgeHandshake(asked({ method: 'GET', origin: own }), '').ok).toBe(true);
	});
});
