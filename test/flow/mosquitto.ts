// A Mosquitto of the test's own, on a free port, as a bureau would run one.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = ['mosquitto', '/usr/sbin/mosquitto'].find((name) => !spawnSync(name, ['-h']).error);
export const hasMosquitto = PROGRAM !== undefined;

export interface Mosquitto {
	url: string;
	/** Stopped in good order and started again with what it has kept. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

export async function startMosquitto(): Promise<Mosquitto> {
	const folder = mkdtempSync(join(tmpdir(), 'sw-mosquitto-'));
	const port = await freePort();
	const file = join(folder, 'mosquitto.conf');
	writeFileSync(
		file,
		[
			`listener ${port} 127.0.0.1`,
			'allow_anonymous true',
			'persistence true',
			`persistence_location ${folder}/`,
			// Started by root it would put its rights away, and could not write there.
			...(process.getuid?.() === 0 ? ['user root'] : []),
			'max_queued_messages 100000',
			'max_inflight_messages 200',
		].join('\n'),
	);
	let broker = await start();
	return {
		url: `mqtt://127.0.0.1:${port}`,
		async restart() {
			await end();
			broker = await start();
		},
		async stop() {
			await end();
			rmSync(folder, { recursive: true, force: true });
		},
	};

	async function start(): Promise<ChildProcess> {
		const started = spawn(PROGRAM!, ['-c', file], { stdio: 'ignore' });
		for (let i = 0; i < 200 && !(await answers(port)); i++) await sleep(25);
		return started;
	}
	async function end(): Promise<void> {
		if (broker.exitCode !== null) return;
		broker.kill();
		await once(broker, 'exit');
	}
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	return port;
}

function answers(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}
