// Bodies against a real server: what was promised, what was not, and what was a lie.

import { createServer, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyLimit, countBody, nameBody, promisesTooMuch } from './bodies.ts';

const LIMIT = 1000;
let server: Server;
let port: number;
let arrived: number | 'cut' = 0;

beforeAll(async () => {
	server = createServer((asked, answer) => {
		if (promisesTooMuch(asked, LIMIT)) return void answer.writeHead(413, { connection: 'close' }).end();
		countBody(asked, LIMIT);
		let bytes = 0;
		asked.on('data', (chunk: Buffer) => (bytes += chunk.length));
		asked.on('end', () => {
			arrived = bytes;
			answer.end(String(bytes));
		});
		asked.on('error', () => (arrived = 'cut'));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

/** Status of the answer, or `cut` when the server hung up. */
function send(bytes: number, headers: Record<string, string | number>): Promise<number | 'cut'> {
	return new Promise((resolve) => {
		const asking = request({ port, method: 'POST', headers }, (answer) => {
			answer.resume();
			resolve(answer.statusCode ?? 0);
		});
		asking.on('error', () => resolve('cut'));
		for (let sent = 0; sent < bytes; sent += 100) asking.write(Buffer.alloc(Math.min(100, bytes - sent)));
		asking.end();
	});
}

describe('what a body is', () => {
	test.each<[string, Record<string, string>, string | undefined]>([
		['bytes whose sender names no type', { 'content-length': '5' }, 'application/octet-stream'],
		['bytes of unknown length and type', { 'transfer-encoding': 'chunked' }, 'application/octet-stream'],
		['what its sender says', { 'content-length': '5', 'content-type': 'text/csv' }, 'text/csv'],
		['nothing, without a body', {}, undefined],
		['nothing, with an empty one', { 'content-length': '0' }, undefined],
	])('%s', (_, headers, type) => {
		nameBody({ headers } as never);
		expect(headers['content-type']).toBe(type);
	});
});

describe('how large a body may be', () => {
	test('a body within the limit arrives whole', async () => {
		expect(await send(1000, { 'content-length': 1000 })).toBe(200);
		expect(arrived).toBe(1000);
	});

	test('a length above the limit is refused before anything is read', async () => {
		expect(await send(1001, { 'content-length': 1001 })).toBe(413);
	});

	test('without a promised length the server hangs up at the limit', async () => {
		expect(await send(100_000, { 'transfer-encoding': 'chunked' })).toBe('cut');
		expect(arrived).toBe('cut');
	});

	test('a nonsensical length is refused', async () => {
		const answer = await new Promise<string>((resolve) => {
			const socket = connect(port, '127.0.0.1', () =>
				socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n'),
			);
			socket.on('data', (data) => resolve(data.toString()));
		});
		expect(answer).toMatch(/^HTTP\/1.1 4(00|13)/);
	});

	test.each([
		['/api/v1/telemetry', 1024 * 1024],
		['/api/v1/imports/0193', 64 * 1024 * 1024],
		['/api/v1/patrol/solve', 32 * 1024 * 1024],
		['/login', 256 * 1024],
		['/api/v1/telemetry-not', 256 * 1024],
	])('%s takes %i bytes', (path, bytes) => {
		expect(bodyLimit(path)).toBe(bytes);
	});
});
