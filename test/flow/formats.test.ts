// What outside programs rely on (docs of the doors), asked over HTTP at the built handler's own functions: the one
// shape of an error, whatever went wrong and wherever.

import { describe, expect, test } from 'vitest';
import type { Principal } from '#lib/domain/access/principal.ts';
import { guard } from '#lib/server/doors/guard.ts';
import { Fault } from '#lib/server/errors.ts';
import { faultResponse } from '#lib/server/http/api.ts';
import { inErrorShape } from '#lib/server/http/error-shape.ts';
import { SITE_LIST_STATES } from '#lib/server/http/list-states.ts';
import { readEventsQuery } from '#lib/server/http/events-query.ts';
import { listQuery } from '#lib/server/http/list-query.ts';
import { fileBody, jsonBody } from '#lib/server/http/read-body.ts';
import { readSolveQuery } from '#lib/server/patrol/solve-query.ts';
import { BindingEdit } from '#lib/contract/register.ts';

const reader: Principal = { kind: 'token', id: 't', name: 't', scope: 'read', areas: ['330109'] };
const refused = async (ask: () => unknown): Promise<Response> => {
	try {
		await ask();
	} catch (error) {
		if (error instanceof Fault) return faultResponse(error);
		throw error;
	}
	throw new Error('It was not refused.');
};
const door =
	(routeId: string | null, method: string, principal: Principal = reader) =>
	() => {
		const verdict = guard({ routeId, path: '/api/v1/x', method, wantsPage: false }, principal);
		if (!verdict.pass && !verdict.signIn) throw verdict.fault;
	};
const send = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
	new Request('http://x/', { method: 'POST', body, headers });
const list = (question: string) => () => listQuery(new URL(`http://x/api/v1/sites?${question}`), SITE_LIST_STATES);
const events = (question: string) => () => readEventsQuery(new URL(`http://x/api/v1/events?${question}`));
const solve = (question: string) => () => readSolveQuery(new URL(`http://x/api/v1/patrol/solve?${question}`));

describe('an error is told in one shape', () => {
	test.each([
		['nobody known', 401, 'not-signed-in', door('/api/v1/sites', 'GET', { kind: 'anonymous' })],
		['a token without the right', 403, 'forbidden', door('/api/v1/imports', 'POST')],
		['a method the door does not have', 405, 'method-not-allowed', door('/api/v1/sites', 'DELETE')],
		['a body that is no JSON', 422, 'bad-input', () => jsonBody(send('{"deviceId":'), BindingEdit)],
		['a body of other fields', 422, 'bad-input', () => jsonBody(send('{"device":1}'), BindingEdit)],
		[
			'a form without a file',
			422,
			'bad-input',
			() => fileBody(send('--x--\r\n', { 'content-type': 'multipart/form-data; boundary=x' })),
		],
		['a bbox of three numbers', 422, 'bad-input', list('bbox=120,30,121')],
		['a bbox the wrong way round', 422, 'bad-input', list('bbox=121,30,120,31')],
		['a limit that is too high', 422, 'bad-input', list('limit=10001')],
		['a town that is no code', 422, 'bad-input', list('town=城厢')],
		['an after that is no number', 422, 'bad-input', list('after=x')],
		['a cursor that is no number', 422, 'bad-input', events('after=x')],
		['more events than are given at once', 422, 'bad-input', events('limit=10001')],
		['seconds left empty', 422, 'bad-input', solve('seconds=')],
		['seconds that are too many', 422, 'bad-input', solve('seconds=101')],
		['a seed that is no whole number', 422, 'bad-input', solve('seed=1.5')],
		['a state these objects never have', 422, 'bad-input', list('state=nonsense')],
		['a list as CSV, which goes out by another way', 422, 'bad-input', list('format=csv')],
	])('%s', async (_, status, code, ask) => {
		const response = await refused(ask);
		expect(response.status).toBe(status);
		expect(response.headers.get('content-type')).toContain('application/json');
		const { error } = (await response.json()) as { error: { code: string; message: string; details: unknown[] } };
		expect(error).toEqual({
			code,
			message: expect.stringMatching(/.{8,}/) as string,
			details: expect.any(Array) as unknown[],
		});
	});

	test('whoever has to say who asks is told how, in a way that opens no window in a browser', async () => {
		const response = await refused(door('/api/v1/sites', 'GET', { kind: 'anonymous' }));
		expect(response.headers.get('www-authenticate')).toBe('Bearer realm="sitewatch"');
		expect((await refused(door('/api/v1/imports', 'POST'))).headers.has('www-authenticate')).toBe(false);
	});

	test.each([
		[404, 'not-found', 'Not Found'],
		[405, 'method-not-allowed', 'POST method not allowed'],
		[413, 'too-large', 'Payload Too Large'],
		[415, 'unsupported-type', 'Unsupported Media Type'],
		[429, 'too-many', 'Too Many Requests'],
		[500, 'internal', 'Internal Error'],
	])('an answer %i of the framework becomes %s', async (status, code, text) => {
		const response = await inErrorShape(new Response(text, { status }), '/api/v1/x');
		expect(await response.json()).toEqual({ error: { code, message: text, details: [] } });
	});

	test.each([
		['limit', events('limit=0')],
		['seconds', solve('seconds=x')],
		['seed', solve('seed=')],
		['after', list('after=9999999999')],
		['bbox', list('bbox=120,30')],
		['format', list('format=csv')],
	])('a wrong %s is named once, with what is expected', async (parameter, ask) => {
		const { error } = await (await refused(ask)).json();
		expect(error.details).toEqual([{ parameter, message: expect.stringContaining('must') }]);
	});

	test('what is left out is as promised', () => {
		expect([events('')(), events('after=7&limit=10000')()]).toEqual([
			{ after: 0, limit: 500 },
			{ after: 7, limit: 10_000 },
		]);
		expect([solve('')(), solve('seconds=0.5&seed=-3')()]).toEqual([
			{ seconds: 10, seed: 1 },
			{ seconds: 0.5, seed: -3 },
		]);
	});

	test('several wrong parameters are all named, with their names in the details', async () => {
		const { error } = await (await refused(list('limit=0&town=1'))).json();
		expect(error.details.map(({ parameter }: { parameter: string }) => parameter).sort()).toEqual(['limit', 'town']);
	});

	test('a list takes every parameter that is promised', () => {
		const asked = listQuery(
			new URL('http://x/?bbox=120,30,121,31&q=湘湖&town=330109001&state=active&limit=5&after=7'),
			SITE_LIST_STATES,
		);
		expect(asked).toEqual({
			bounds: [120, 30, 121, 31],
			q: '湘湖',
			town: '330109001',
			state: 'active',
			limit: 5,
			after: 7,
		});
	});
});
