import { describe, expect, test } from 'vitest';
import { inErrorShape } from './error-shape.ts';

describe('errors to programs', () => {
	test.each([
		[
			'what the framework says by itself',
			new Response('POST method not allowed', { status: 405 }),
			'method-not-allowed',
		],
		['a thrown error of a route', Response.json({ message: 'No such site' }, { status: 404 }), 'not-found'],
		['one already in shape', Response.json({ error: { code: 'conflict', message: 'x' } }, { status: 409 }), 'conflict'],
		['an empty one', new Response(null, { status: 500 }), 'internal'],
	])('%s', async (_, response, code) => {
		const answer = await inErrorShape(response, '/api/v1/x');
		expect(answer.status).toBe(response.status);
		expect(answer.headers.get('content-type')).toBe('application/json');
		const body = (await answer.json()) as { error: { code: string; message: string } };
		expect(body.error.code).toBe(code);
		expect(body.error.message).not.toBe('');
	});

	test('an address that does not exist is told by its name, not by a page of HTML', async () => {
		const page = new Response('<!doctype html>…', { status: 404, headers: { 'content-type': 'text/html' } });
		const body = (await (await inErrorShape(page, '/api/v1/nothing')).json()) as { error: object };
		expect(body.error).toEqual({
			code: 'not-found',
			message: '没有此接口 /api/v1/nothing · There is no /api/v1/nothing.',
			details: [],
		});
	});

	test('an answer that is no error goes through untouched', async () => {
		const response = new Response('bytes', { headers: { 'content-type': 'application/octet-stream' } });
		expect(await inErrorShape(response, '/')).toBe(response);
	});
});
