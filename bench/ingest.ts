// Readings per second accepted, stored and visible: over HTTP into the whole server, beside bare COPY into the same
// table of the same PostgreSQL, and on the embedded database beside bare PGlite batches. Alternated, medians.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabases } from '../src/lib/server/db/connection.ts';
import { placeOf } from '../src/lib/server/db/engine/place.ts';
import { bareCopy } from './ingest/bare-copy.ts';
import type { Send, Sent } from './ingest/sender.ts';
import { median, type BenchResult, type BenchRow } from './result.ts';
import { engineGone } from './shared/live-server.ts';
import { withDatabase } from './shared/postgres.ts';
import { answerOf, ask, nodeOptions } from './shared/talk.ts';

const PORT = 4127;
const ROUNDS = 5;
const SHARE = 0.6;
/** Gateways that send at the same time. */
const CONNECTIONS = 64;
/** A district of 540 sites at its liveliest, readings a second. */
const BURST = 1000;

export async function run({ seconds }: { seconds: number }): Promise<BenchResult> {
	const folder = mkdtempSync(join(tmpdir(), 'sitewatch-ingest-'));
	try {
		const rows = [...(await onServer(folder, seconds / 2)), ...(await onEmbedded(folder, seconds / 2))];
		return { name: 'ingest', rows };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function onServer(folder: string, seconds: number): Promise<BenchRow[]> {
	return withDatabase((url) => beside('PostgreSQL', url, folder, seconds, 'bare COPY binary', (s) => bareCopy(url, s)));
}

async function onEmbedded(folder: string, seconds: number): Promise<BenchRow[]> {
	const bareFolder = join(folder, 'bare');
	await (await openDatabases({ DATABASE_URL: '', DATA_DIR: bareFolder })).close();
	await engineGone(bareFolder);
	const bare = await child('bare-pglite', { BARE_FOLDER: placeOf(bareFolder).cluster });
	try {
		const batches = (s: number) => ask<number>(bare.process, s);
		return await beside('embedded', '', join(folder, 'embedded'), seconds, 'bare PGlite batches', batches);
	} finally {
		bare.process.kill();
		await engineGone(join(folder, 'embedded', 'data'));
	}
}

async function beside(
	tier: string,
	url: string,
	folder: string,
	seconds: number,
	peer: string,
	bare: (seconds: number) => Promise<number>,
): Promise<BenchRow[]> {
	const server = await child('server', {
		DATABASE_URL: url,
		DATA_DIR: join(folder, 'data'),
		PORT: String(PORT),
		DEMO: 'off',
		SIMULATOR: 'off',
		LOG_LEVEL: 'error',
	});
	const sender = await child('sender', {});
	const bearer = server.hello['bearer'] as string;
	try {
		const round = seconds / (2 * ROUNDS + 1);
		const send = (perRequest: number, connections: number) =>
			ask<Sent>(sender.process, { port: PORT, bearer, connections, perRequest, seconds: round } satisfies Send);
		await send(100, CONNECTIONS);
		await bare(0.5);
		const ours: number[] = [];
		const theirs: number[] = [];
		for (let i = 0; i < ROUNDS; i++) {
			theirs.push(await bare(round));
			const before = await ask<Seen>(server.process, 'look');
			const sent = await send(100, CONNECTIONS);
			const after = await ask<Seen>(server.process, 'look');
			if (after.stored - before.stored !== sent.acknowledged)
				throw new Error(`${sent.acknowledged} acknowledged, ${after.stored - before.stored} stored.`);
			if (after.newestMs < sent.newestMs - 1000) throw new Error('What was stored is not visible.');
			ours.push(sent.acknowledged / sent.seconds);
		}
		const single = await send(1, CONNECTIONS);
		const rate = single.acknowledged / single.seconds;
		return [
			row(
				`${tier}: readings per second stored and visible, to ${peer} (at least)`,
				median(ours),
				median(theirs),
				SHARE,
			),
			row(`${tier}: one reading per request, to a district’s burst (at least)`, rate, BURST, 1),
		];
	} finally {
		sender.process.kill();
		server.process.send('stop');
		await once(server.process, 'exit');
	}
}

interface Seen {
	stored: number;
	newestMs: number;
}

function row(what: string, ours: number, theirs: number, limit: number): BenchRow {
	const perS = (rate: number) => `${Math.round(rate).toLocaleString('en')}/s`;
	return { what, ours: perS(ours), beside: perS(theirs), ratio: ours / theirs, limit, ok: ours / theirs >= limit };
}

async function child(name: string, env: Record<string, string>) {
	const file = join(import.meta.dirname, 'ingest', `${name}.ts`);
	const process_ = fork(file, {
		execArgv: nodeOptions,
		env: { ...process.env, ...env },
	});
	const hello = await answerOf<Record<string, unknown>>(process_);
	return { process: process_, hello };
}
