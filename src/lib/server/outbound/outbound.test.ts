// T15: the server cannot be made to fetch what the settings do not name.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { named, parseAllowList } from './allow-list.ts';
import { createOutbound } from './outbound.ts';

let server: Server;
let port: number;
let asked: string[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		asked.push(`${request.headers.host} ${request.url}`);
		if (request.url === '/moved')
			response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
		else if (request.url === '/large') response.end('x'.repeat(2000));
		else if (request.url === '/endless') response.write('x'.repeat(2000));
		else if (request.url === '/packed') response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
		else if (request.url !== '/silent') response.end(`${request.method}`);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	({ port } = server.address() as AddressInfo);
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const out = (allow: string, names: Record<string, string[]> = {}) =>
	createOutbound(parseAllowList(allow), async (host) => names[host] ?? Promise.reject(new Error('ENOTFOUND')));
const here = () => `127.0.0.1:${port}`;

describe('T15 the server asks only whom the settings name', () => {
	test('an address on the list is asked, with method and body', async () => {
		const answer = await out(here()).ask(`http://${here()}/`, { method: 'POST', body: '{}' });
		expect([answer.status, await answer.text()]).toEqual([200, 'POST']);
	});

	test('nothing is asked with an empty list', async () => {
		asked = [];
		await expect(out('').ask(`http://${here()}/`)).rejects.toMatchObject({ code: 'forbidden' });
		expect(asked).toEqual([]);
	});

	test.each([
		['another port', 'http://127.0.0.1:1/'],
		['another host', 'http://example.com/'],
		['the metadata address of a cloud', 'http://169.254.169.254/latest/meta-data/'],
		['a file', 'file:///etc/passwd'],
		['another protocol', 'gopher://127.0.0.1/'],
		['a name and password inside', 'http://admin:admin@127.0.0.1/'],
		['no address', 'not an address'],
	])('%s is refused without a question to the network', async (_, address) => {
		await expect(out(here()).ask(address)).rejects.toMatchObject({ code: 'forbidden' });
		expect(() => out(here()).assertAllowed(address)).toThrow(/OUTBOUND_ALLOW|地址/);
	});

	test.each([['0x7f000001', '2130706433', '127.1']])(
		'an address written as a number is the address it is',
		async (...forms) => {
			for (const form of forms) {
				const answer = await out(here()).ask(`http://${form}:${port}/`);
				expect(answer.status).toBe(200);
				await expect(out('10.0.0.1:80').ask(`http://${form}:${port}/`)).rejects.toMatchObject({ code: 'forbidden' });
			}
		},
	);

	test.each([
		['loopback', ['127.0.0.1']],
		['an office address', ['10.1.2.3']],
		['the metadata address', ['169.254.169.254']],
		['the metadata address in the dress of IPv6', ['::ffff:169.254.169.254']],
		['nothing', ['0.0.0.0']],
		['a good and a bad address', ['93.184.216.34', '192.168.0.9']],
	])('a listed name that leads to %s is refused', async (_, addresses) => {
		const outbound = out(`map.example.com:${port}`, { 'map.example.com': addresses });
		await expect(outbound.ask(`http://map.example.com:${port}/`)).rejects.toMatchObject({ code: 'forbidden' });
	});

	test('a name of the office network is reached when its network is listed, and only inside that network', async () => {
		const inside = out(`osrm.local:${port}@127.0.0.0/8`, { 'osrm.local': ['127.0.0.1'] });
		expect((await inside.ask(`http://osrm.local:${port}/`)).status).toBe(200);
		const outside = out(`osrm.local:${port}@10.0.0.0/8`, { 'osrm.local': ['127.0.0.1'] });
		await expect(outside.ask(`http://osrm.local:${port}/`)).rejects.toMatchObject({ code: 'forbidden' });
	});

	test('a name that changes its address between look and connect (rebinding) is reached where it was looked at', async () => {
		let looks = 0;
		const outbound = createOutbound(parseAllowList(`turn.local:${port}@127.0.0.0/8`), async () =>
			(looks += 1) === 1 ? ['127.0.0.1'] : ['169.254.169.254'],
		);
		asked = [];
		expect((await outbound.ask(`http://turn.local:${port}/`)).status).toBe(200);
		expect([looks, asked]).toEqual([1, [`turn.local:${port} /`]]);
		await expect(outbound.ask(`http://turn.local:${port}/`)).rejects.toMatchObject({ code: 'forbidden' });
	});

	test('redirects are not followed', async () => {
		await expect(out(here()).ask(`http://${here()}/moved`)).rejects.toMatchObject({
			code: 'upstream-down',
			message: expect.stringContaining('redirect') as string,
		});
	});

	test.each(['/large', '/endless'])('%s: an answer above the limit is cut off', async (path) => {
		const asking = out(here()).ask(`http://${here()}${path}`, { maxBytes: 1000 });
		await expect(asking).rejects.toThrow(/too large/);
	});

	test('a compressed answer is not unpacked', async () => {
		await expect(out(here()).ask(`http://${here()}/packed`)).rejects.toThrow(/compressed/);
	});

	test('whoever does not answer is left after the deadline', async () => {
		await expect(out(here()).ask(`http://${here()}/silent`, { withinMs: 100 })).rejects.toThrow(/in time/);
		const silentNames = createOutbound(parseAllowList('slow.local:80'), () => new Promise(() => undefined));
		await expect(silentNames.ask('http://slow.local/', { withinMs: 100 })).rejects.toThrow(/in time/);
	});

	test('other protocols get the one address they may connect to', async () => {
		const outbound = createOutbound(named(['mqtt://broker.local']), async () => ['10.9.8.7']);
		expect(await outbound.pin('mqtt://broker.local')).toEqual({
			host: 'broker.local',
			port: 1883,
			address: '10.9.8.7',
		});
		await expect(outbound.pin('mqtt://other.local')).rejects.toMatchObject({ code: 'forbidden' });
	});

	test.each(['host', 'host:0', 'host:99999', 'a b:80x', 'host:80@10.0.0.0', 'host:80@10.0.0.0/99'])(
		'the entry “%s” is named as wrong',
		(entry) => {
			expect(() => parseAllowList(entry)).toThrow(/must be like|no network/);
		},
	);
});
