import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whileStarting } from './while-starting.ts';

describe('while the program starts', () => {
	let server: Server;
	beforeAll(async () => {
		server = createServer(whileStarting);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => void server.close());
	const ask = (accept: string, method = 'GET') =>
		fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/wall`, { method, headers: { accept } });

	test('a browser is told in both languages, and asks again by itself', async () => {
		const answer = await ask('text/html,application/xhtml+xml,*/*;q=0.8');
		expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
		const page = await answer.text();
		expect(page).toContain('系统正在启动');
		expect(page).toContain('The system is starting');
		expect(page).toMatch(/<meta http-equiv="refresh" content="\d+">/);
		expect(answer.headers.get('content-security-policy')).not.toMatch(/unsafe|script/);
	});

	test.each([
		['application/json', 'GET'],
		['*/*', 'POST'],
	])('a program that takes %s gets an error it can read, and when to come again', async (accept, method) => {
		const answer = await ask(accept, method);
		expect(answer.headers.get('retry-after')).toBe('3');
		expect(await answer.json()).toMatchObject({ error: { code: 'starting' } });
	});
});
