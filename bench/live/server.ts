// The product's server without its pages, as a process of its own, with somebody signed in to watch it.

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { EventMessage } from '../../src/lib/contract/events.ts';
import { openSession } from '../../src/lib/server/auth/session.ts';
import { PLAIN_COOKIE } from '../../src/lib/server/auth/cookie.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import { openDatabases, type Db } from '../../src/lib/server/db/connection.ts';
import { openDoors } from '../../src/lib/server/doors/front.ts';
import { setHandshakeCheck } from '../../src/lib/server/doors/handshake.ts';
import { attach } from '../../src/lib/server/process.ts';
import { addGrant, addPerson, personById, principalOf } from '../../src/lib/server/repositories/person.ts';
import { startRuntime } from '../../src/lib/server/runtime.ts';
import { layDistrict } from '../ingest/district.ts';

const config = readConfig();
const BEGAN = new Date();
const databases = await openDatabases(config);
const bearer = await layDistrict(databases.ingest);
const cookie = `${PLAIN_COOKIE}=${await officer(databases.ingest)}`;
await databases.close();

const server = createServer((_, response) => response.writeHead(404).end());
openDoors(config);
attach(server);
const runtime = await startRuntime(config);
setHandshakeCheck(config, (request) => runtime.access.visitor(request));
await new Promise<void>((resolve) => server.listen(config.PORT, config.HOST, resolve));

const { engine } = runtime.live;
const observe = engine.observe.bind(engine);
let judged = 0;
engine.observe = (readings, nowMs) => {
	judged += readings.length;
	observe(readings, nowMs);
};
process.send!({ bearer, cookie });

interface Fan {
	fan: number;
	/** An event list as a browser gets it: its last event is told again and again. */
	body: string;
}
process.on('message', (message: 'look' | 'stop' | Fan) => {
	if (typeof message === 'object') fanOut(message);
	else void (message === 'look' ? look() : stop());
});

/** What telling costs: an event everybody has had already, so that nobody takes it for news. */
function fanOut({ fan, body }: Fan): void {
	const [, events] = JSON.parse(body.slice(2)) as ['events', EventMessage[]];
	const before = process.cpuUsage();
	let left = fan;
	const step = (): void => {
		runtime.hub.announce(events);
		if (--left > 0) return void setTimeout(step, 2);
		setTimeout(() => {
			const { user, system } = process.cpuUsage(before);
			process.send!({ cpuMs: (user + system) / 1000 });
		}, 500);
	};
	step();
}

async function look(): Promise<void> {
	const { count } = await runtime.databases.read
		.selectFrom('reading')
		.select((r) => r.fn.countAll<string>().as('count'))
		// What stands beside it writes into the same table, as of an hour and more before.
		.where('observed_at', '>=', BEGAN)
		.executeTakeFirstOrThrow();
	const { user, system } = process.cpuUsage();
	process.send!({
		...{ stored: Number(count), judged, accepted: runtime.ingest.counts().accepted, cpuS: (user + system) / 1e6 },
	});
}

async function stop(): Promise<void> {
	server.closeAllConnections();
	await runtime.close();
	process.exit(0);
}

/** @returns the token of a session of somebody on duty */
async function officer(db: Db): Promise<string> {
	const id = randomUUID();
	const now = new Date();
	await addPerson(db, { id, login: 'bench', name: '值班员', isDemo: false, passwordHash: null, at: now });
	await addGrant(db, {
		...{ id: randomUUID(), personId: id, role: 'dutyOfficer', area: config.DISTRICT, at: now, by: 'bench' },
		layers: ['public', 'supervision'],
	});
	const { principalVersion } = (await personById(db, id))!;
	const { grants } = (await principalOf(db, id))!;
	const from = { address: null, agent: null };
	const { token } = await openSession(db, { id, grants, principalVersion }, from, 'password', now);
	return token;
}
