// The server without its pages, as a process of its own that a test can kill. Settings come by the environment. Asked
// `look`, it says what it knows.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from '#lib/server/config.ts';
import { attach } from '#lib/server/process.ts';
import { startRuntime } from '#lib/server/runtime.ts';

/** What a server says of itself. */
export interface Look {
	isJudge: boolean;
	/** Devices that have been heard of, and the newest moment. */
	heard: number;
	newestMs: number;
	cursor: number;
	redis: 'none' | 'up' | 'down';
	/** Connections to a broker. */
	mqtt: number;
	ready: boolean;
	reasons: string[];
}

const server = createServer((_, response) => response.writeHead(404).end());
attach(server);
const runtime = await startRuntime(readConfig());
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));

process.on('message', () => void look());
async function look(): Promise<void> {
	const { live, company, waysIn } = runtime;
	const seen = [...live.state.devices.values()].map(({ seenMs }) => seenMs).filter((ms) => !Number.isNaN(ms));
	const { ready, reasons } = await runtime.readiness();
	process.send!({
		isJudge: live.isJudge(),
		heard: seen.length,
		newestMs: Math.max(0, ...seen),
		cursor: live.feed.cursor,
		redis: company.redis(),
		mqtt: waysIn.mqtt.connections(),
		ready,
		reasons,
	} satisfies Look);
}

process.on('SIGTERM', () => {
	server.close();
	server.closeIdleConnections();
	void runtime.close().then(() => process.exit(0));
});
