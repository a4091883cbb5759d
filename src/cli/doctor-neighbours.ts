// What the product leans on beside its database, where the settings name it: Redis, the MQTT broker, pg_dump.

import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import type { Config } from '#lib/server/config.ts';
import type { Say } from './doctor.ts';

const WITHIN_MS = 3000;

export async function doctorOfNeighbours(config: Config, say: Say): Promise<void> {
	const { REDIS_URL, MQTT_URL, DATABASE_URL } = config;
	if (REDIS_URL) {
		say(
			await answers(REDIS_URL, 6379),
			`Redis ${hostOf(REDIS_URL)}`,
			'检查 Redis；没有它系统照常运行，只是稍慢 · Check Redis; without it everything goes on, a little later.',
		);
	}
	if (MQTT_URL) {
		say(
			await answers(MQTT_URL, MQTT_URL.startsWith('mqtts') ? 8883 : 1883),
			`MQTT ${hostOf(MQTT_URL)}`,
			'检查消息服务器与网络；设备会保留并重发 · Check broker and network; devices keep their readings and send them again.',
		);
	}
	if (DATABASE_URL) {
		const dump = await promisify(execFile)('pg_dump', ['--version']).then(
			({ stdout }) => stdout.trim(),
			() => undefined,
		);
		const instead = '无，改用逐表备份 · none, backups go table by table';
		say(true, `pg_dump: ${dump ?? instead}`);
	}
}

const hostOf = (url: string): string => new URL(url).host;

function answers(url: string, port: number): Promise<boolean> {
	const { hostname, port: given } = new URL(url);
	return new Promise((resolve) => {
		const socket = connect({ host: hostname, port: Number(given) || port, timeout: WITHIN_MS });
		const end = (ok: boolean) => () => {
			socket.destroy();
			resolve(ok);
		};
		socket.on('connect', end(true)).on('error', end(false)).on('timeout', end(false));
	});
}
