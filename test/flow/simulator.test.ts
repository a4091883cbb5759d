// The simulator as a process: against a platform that answers, goes away and comes back, and beside a server that ends.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { Reading } from '#lib/contract/telemetry.ts';
import { startSimulator } from '#lib/server/jobs/simulator.ts';
import { smallBoard } from '../../src/simulator/board.fixture.ts';

const root = join(import.meta.dirname, '../..');

interface Listener {
	url: string;
	readings: Reading[];
	/** Requests are answered with this status while it is not 200. */
	status: number;
	isDemo: boolean;
	close(): Promise<void>;
}

async function aPlatform(): Promise<Listener> {
	const board = smallBoard(40, 1);
	const listener: Listener = { url: '', readings: [], status: 200, isDemo: true, close: async () => undefined };
	const server: Server = createServer(async (request, response) => {
		const parts: Buffer[] = [];
		for await (const part of request) parts.push(part as Buffer);
		response.setHeader('content-type', 'application/json').statusCode = listener.status;
		if (listener.status !== 200) return response.end('{"error":{}}');
		if (request.url === '/api/v1/board') return response.end(JSON.stringify({ ...board, isDemo: listener.isDemo }));
		if (request.url === '/api/v1/flood') return response.end('{"notices":[]}');
		const { readings } = JSON.parse(Buffer.concat(parts).toString()) as { readings: Reading[] };
		listener.readings.push(...readings);
		response.end(JSON.stringify({ accepted: readings.length, duplicates: 0, rejected: [] }));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	listener.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	listener.close = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return listener;
}

async function until(isTrue: () => boolean, withinMs = 20_000): Promise<void> {
	const limit = performance.now() + withinMs;
	while (!isTrue()) {
		if (performance.now() > limit) throw new Error('It did not happen in time.');
		await sleep(50);
	}
}

const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of toClose.splice(0).reverse()) await close();
});

async function running(change: Partial<Listener> = {}) {
	const platform = Object.assign(await aPlatform(), change);
	const lines: string[] = [];
	const simulator = startSimulator({ url: platform.url, token: 'a', log: (line) => lines.push(line) });
	toClose.push(platform.close, simulator.stop);
	return { platform, lines, simulator };
}

describe('the simulator process', () => {
	test('reads the board and sends readings of cranes, hoists, pits and dust', async () => {
		const { platform } = await running();
		await until(() => platform.readings.length > 100);
		const kinds = new Set(platform.readings.map(({ device }) => device.slice(0, 2)));
		await until(() => new Set(platform.readings.map(({ device }) => device.slice(0, 2))).size === 4, 40_000);
		expect(kinds.size).toBeGreaterThanOrEqual(2);
	});

	test('waits for a platform that is not there yet, and loses nothing while it is away', async () => {
		const { platform } = await running({ status: 503 });
		await sleep(3000);
		platform.status = 200;
		await until(() => platform.readings.length > 20);
		platform.status = 503;
		await sleep(4000);
		const before = platform.readings.length;
		platform.status = 200;
		await until(() => platform.readings.length > before + 60);
		const sequence = platform.readings.filter(({ device }) => device === 'SC-0002').map(({ seq }) => seq!);
		expect(sequence.length).toBeGreaterThan(1);
		expect(sequence).toEqual(sequence.map((_, index) => sequence[0]! + index));
	});

	test('sends nothing where the register holds no demonstration data', async () => {
		const { platform, lines } = await running({ isDemo: false });
		await until(() => lines.some((line) => line.includes('no demonstration data')));
		expect(platform.readings).toEqual([]);
	});

	test('is started again when it dies, and ends when it is stopped', async () => {
		const { lines, simulator, platform } = await running();
		const pids = () => lines.flatMap((line) => /runs as process (\d+)/.exec(line)?.[1] ?? []).map(Number);
		await until(() => platform.readings.length > 0);
		expect(lines.some((line) => line.includes('hours always'))).toBe(true);
		// Told neither broker nor port: everything goes over HTTP, and that is said.
		expect(lines.filter((line) => / is off: /.test(line))).toHaveLength(2);
		process.kill(pids()[0]!, 'SIGKILL');
		await until(() => pids().length === 2);
		const before = platform.readings.length;
		await until(() => platform.readings.length > before);

		await simulator.stop();
		expect(() => process.kill(pids()[1]!, 0)).toThrow('ESRCH');
		expect(lines.filter((line) => line.includes('starts again'))).toHaveLength(1);
	});
});

describe('beside its parent', () => {
	const start = (env: Record<string, string>) =>
		spawn(process.execPath, ['--import', 'tsx', 'src/simulator/main.ts'], { cwd: root, env });

	test.each(['SIGTERM', 'SIGINT'] as const)('ends by itself on %s', async (signal) => {
		const platform = await aPlatform();
		toClose.push(platform.close);
		const child = start({ SITEWATCH_URL: platform.url, SITEWATCH_TOKEN: 'a' });
		await until(() => platform.readings.length > 0);
		child.kill(signal);
		expect(await once(child, 'exit')).toEqual([0, null]);
	});

	test('ends when standard input closes, as it does when the server is killed', async () => {
		const platform = await aPlatform();
		toClose.push(platform.close);
		const child = start({ SITEWATCH_URL: platform.url, SITEWATCH_TOKEN: 'a', SIMULATOR_ENDS_WITH_PARENT: '1' });
		await until(() => platform.readings.length > 0);
		child.stdin.end();
		expect(await once(child, 'exit')).toEqual([0, null]);
	});

	test('refuses wrong settings in one go', async () => {
		const child = start({ SITEWATCH_URL: 'nowhere' });
		let said = '';
		child.stderr.on('data', (part: Buffer) => (said += part.toString()));
		expect(await once(child, 'exit')).toEqual([1, null]);
		expect(said).toContain('SITEWATCH_URL');
		expect(said).toContain('SITEWATCH_TOKEN');
	});
});
