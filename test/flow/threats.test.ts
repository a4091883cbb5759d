// What a stranger on the network can do to the doors in front, over real connections: slow, lying, large, forged.

import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { io as connectSocket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { doorRules } from '#db/rules/access.ts';
import { bodyLimit } from '#lib/server/doors/bodies.ts';
import { limitConnections } from '#lib/server/doors/connections.ts';
import { openDoors } from '#lib/server/doors/front.ts';
import { attach } from '#lib/server/process.ts';
import { sockets } from '#lib/server/sockets/io.ts';

const quick = {
	...doorRules,
	headersWithin: { ...doorRules.headersWithin, value: 0.5 },
	requestWithin: { ...doorRules.requestWithin, value: 1.5 },
};

let server: Server;
let port: number;
let seen: IncomingMessage[] = [];
let largest = 0;

beforeAll(async () => {
	server = createServer({ connectionsCheckingInterval: 100 }, (request, response) => {
		seen.push(request);
		let bytes = 0;
		request.on('data', (chunk: Buffer) => (largest = Math.max(largest, (bytes += chunk.length))));
		request.on('end', () => response.end('ok'));
		request.on('error', () => undefined);
	});
	limitConnections(server, quick);
	openDoors({ HOST: '127.0.0.1', ORIGIN: '' });
	attach(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
	await sockets().close();
	server.closeAllConnections();
	server.close();
});

interface Line {
	socket: Socket;
	text: () => string;
	ended: Promise<void>;
}

/** A connection on which the test says byte for byte what is sent. */
function line(first: string | Buffer): Line {
	const socket = connect(port, '127.0.0.1');
	socket.write(first);
	let got = '';
	socket.on('data', (chunk: Buffer) => (got += chunk.toString('latin1')));
	socket.on('error', () => undefined);
	return { socket, text: () => got, ended: new Promise((resolve) => socket.once('close', () => resolve())) };
}
const status = (text: string) => Number(text.match(/^HTTP\/1\.1 (\d{3})/)?.[1] ?? 0);
const POST = (path: string, ...headers: string[]) =>
	[`POST ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, `Origin: http://127.0.0.1:${port}`, ...headers, '', ''].join(
		'\r\n',
	);
const isWell = async () => (await fetch(`http://127.0.0.1:${port}/well`)).status;

describe('T3 slow and large requests', () => {
	test('headers that drip (slowloris) are cut off, and others are answered meanwhile', async () => {
		const slow = Array.from({ length: 50 }, () => line(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`));
		const drip = setInterval(() => slow.forEach(({ socket }) => socket.write('x-a: b\r\n')), 100);
		expect(await isWell()).toBe(200);
		await Promise.all(slow.map(({ ended }) => ended));
		clearInterval(drip);
		expect(new Set(slow.map(({ text }) => status(text())))).toEqual(new Set([408]));
		expect(await isWell()).toBe(200);
	});

	test('a body that was promised and does not come is cut off', async () => {
		const liar = line(POST('/x', 'Content-Length: 1000') + 'ten bytes!');
		await liar.ended;
		expect(status(liar.text())).toBe(408);
	});

	test('more than was promised is not taken for the body', async () => {
		seen = [];
		const liar = line(POST('/x', 'Content-Length: 2') + 'okSMUGGLED / HTTP/1.1\r\n\r\n');
		await liar.ended;
		expect(liar.text()).toContain('HTTP/1.1 400');
		expect(seen.map(({ url }) => url)).toEqual(['/x']);
	});

	test('too much that is promised is refused before it is read', async () => {
		const large = line(POST('/x', `Content-Length: ${bodyLimit('/x') + 1}`));
		await large.ended;
		expect(status(large.text())).toBe(413);
	});

	test('chunks that add up to too much are cut where the limit is', async () => {
		largest = 0;
		const piece = 'x'.repeat(64 * 1024);
		const over = line(POST('/x', 'Transfer-Encoding: chunked'));
		for (let i = 0; i < 40 && !over.socket.destroyed; i++) {
			over.socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
			await sleep(5);
		}
		await over.ended;
		expect(over.text()).not.toContain('200');
		expect(largest).toBeLessThanOrEqual(bodyLimit('/x'));
	});

	test('both lengths at once (smuggling) are refused', async () => {
		const both = line(POST('/x', 'Content-Length: 4', 'Transfer-Encoding: chunked') + '0\r\n\r\n');
		await both.ended;
		expect(status(both.text())).toBe(400);
	});

	test('headers of 20 KB are refused', async () => {
		const huge = line(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nx-huge: ${'x'.repeat(20_000)}\r\n\r\n`);
		await huge.ended;
		expect(status(huge.text())).toBe(431);
	});

	test('a socket message above 16 KB ends that connection and no other', async () => {
		const [loud, quiet] = [0, 1].map(() =>
			connectSocket(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true, reconnection: false }),
		) as [ReturnType<typeof connectSocket>, ReturnType<typeof connectSocket>];
		await vi.waitFor(() => expect([loud.connected, quiet.connected]).toEqual([true, true]));
		loud.emit('x', Buffer.alloc(20_000));
		await vi.waitFor(() => expect(loud.connected).toBe(false), { timeout: 5000 });
		expect(quiet.connected).toBe(true);
		// A packet that promises a million attachments: the parser must not wait for them.
		(quiet.io.engine as unknown as { write(text: string): void }).write('51000000-["x",{"_placeholder":true,"num":0}]');
		await sleep(200);
		expect(await isWell()).toBe(200);
		quiet.disconnect();
	});
});

describe('T4 requests from other places', () => {
	const from = async (method: string, headers: Record<string, string>) => {
		const sent = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}`);
		const asked = line(
			[`${method} /x HTTP/1.1`, ...sent, 'content-length: 0', 'connection: close', '', ''].join('\r\n'),
		);
		await asked.ended;
		return status(asked.text());
	};
	const own = () => `http://127.0.0.1:${port}`;

	test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s passes from our own page only', async (method) => {
		expect(await from(method, { origin: own(), 'sec-fetch-site': 'same-origin' })).toBe(200);
		expect(await from(method, { origin: 'https://evil.example' })).toBe(403);
		expect(await from(method, { origin: 'null' })).toBe(403);
		expect(await from(method, { origin: `${own()}.evil.example` })).toBe(403);
		expect(await from(method, { origin: own(), 'sec-fetch-site': 'cross-site' })).toBe(403);
		expect(await from(method, { origin: own(), 'sec-fetch-site': 'same-site' })).toBe(403);
		// Nobody at all: told to bring a token, as a forgotten one is the usual reason.
		expect(await from(method, {})).toBe(401);
		expect(await from(method, { cookie: 'sid=x' })).toBe(403);
		expect(await from(method, { authorization: 'Bearer swt_x', cookie: 'sid=x' })).toBe(403);
		expect(await from(method, { authorization: 'Bearer swt_x' })).toBe(200);
	});

	test('another host name is refused whatever is asked (DNS rebinding)', async () => {
		for (const method of ['GET', 'POST']) expect(await from(method, { host: 'evil.example', origin: own() })).toBe(403);
	});

	test('TRACE is refused', async () => {
		expect(await from('TRACE', { cookie: 'sid=x' })).toBe(403);
		expect(await from('TRACE', {})).toBe(401);
	});
});

test('T14 numbers and protocols that are sent along are not believed', async () => {
	seen = [];
	await fetch(`http://127.0.0.1:${port}/forged`, {
		headers: { 'x-request-id': 'forged', 'x-sitewatch-protocol': 'https', 'x-forwarded-for': '10.0.0.1' },
	});
	const { headers } = seen.find(({ url }) => url === '/forged')!;
	expect(headers['x-request-id']).not.toBe('forged');
	expect(headers['x-sitewatch-protocol']).toBe('http');
});
