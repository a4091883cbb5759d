// The product's server without its pages, as a process of its own: doors, ingest, judging, live state, sockets.

import { createServer } from 'node:http';
import { readConfig } from '../../src/lib/server/config.ts';
import { openDatabases } from '../../src/lib/server/db/connection.ts';
import { openDoors } from '../../src/lib/server/doors/front.ts';
import { attach } from '../../src/lib/server/process.ts';
import { startRuntime } from '../../src/lib/server/runtime.ts';
import { layDistrict } from './district.ts';

const config = readConfig();
const databases = await openDatabases(config);
const bearer = await layDistrict(databases.ingest);
await databases.close();

const server = createServer((_, response) => response.writeHead(404).end());
openDoors(config);
attach(server);
const runtime = await startRuntime(config);
await new Promise<void>((resolve) => server.listen(config.PORT, config.HOST, resolve));
process.send!({ ready: true, bearer });

process.on('message', (message: 'look' | 'stop') => {
	if (message === 'look') void look();
	else void stop();
});

/** What is stored, and the newest moment the live picture shows. */
async function look(): Promise<void> {
	const { count } = await runtime.databases.read
		.selectFrom('reading')
		.select((r) => r.fn.countAll<string>().as('count'))
		.executeTakeFirstOrThrow();
	const seen = [...runtime.live.state.devices.values()].map(({ seenMs }) => seenMs);
	process.send!({
		stored: Number(count),
		newestMs: Math.max(...seen.filter((ms) => !Number.isNaN(ms))),
	});
}

async function stop(): Promise<void> {
	server.closeAllConnections();
	await runtime.close();
	process.exit(0);
}
