// A Mosquitto of the test's own, on a free port, as a bureau would run one.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = ['mosquitto', '/usr/sbin/mosquitto'].find((name) => !spawnSync(name, ['-h']).error);
export const hasMosquitto = PROGRAM !== undefined;

export async function startMosquitto(): Promise<{ url: string; stop(): Promise<void> }> {
	const folder = mkdtempSync(join(tmpdir(), 'sw-mosquitto-'));
	const port = await freePort();
	const file = join(folder, 'mosquitto.conf');
	writeFileSync(
		file,
		[
			`listener ${port} 127.0.0.1`,
			'allow_anonymous true',
			'persistence false',
			'max_queued_messages 100000',
			'max_inflight_messages 200',
		].join('\n'),
	);
	const broker = spawn(PROGRAM!, ['-c', file], { stdio: 'ignore' });
	for (let i = 0; i < 200 && !(await answers(port)); i++) await sleep(25);
	return {
		url: `mqtt://127.0.0.1:${port}`,
		async stop() {
			if (broker.exitCode === null) {
				broker.kill();
				await once(broker, 'exit');
			}
			rmSync(folder, { recursive: true, force: true });
		},
	};
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
