// 540 sites answer within the time of a storm while 2,000 readings a second are stored in the same database: every
// receipt and every reading must be there afterwards, and the slowest receipt of a hundred within a second.

import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerNotice } from '../../src/lib/server/commands/answer-notice.ts';
import { insertRows } from '../../src/lib/server/db/bulk.ts';
import { openDatabases } from '../../src/lib/server/db/connection.ts';
import { placeOf } from '../../src/lib/server/db/engine/place.ts';
import { holderOf } from '../../src/lib/server/db/lock.ts';
import { putReadings } from '../../src/lib/server/repositories/flood-water.ts';
import type { BenchRow } from '../result.ts';

const SITES = 540;
const READINGS_S = 2000;
const MINUTE_S = 60;
const LIMIT_MS = 1000;

/** @param database - empty: the embedded one */
export async function receiptStorm(database: string, overS = MINUTE_S): Promise<BenchRow> {
	const folder = mkdtempSync(join(tmpdir(), 'sitewatch-receipts-'));
	const databases = await openDatabases({ DATABASE_URL: database, DATA_DIR: folder });
	const { ingest } = databases;
	try {
		const { links, station } = await orders(databases.ingest);
		const until = performance.now() + overS * 1000;
		let sent = 0;
		let isLost = false;
		const feed = (async () => {
			for (let second = 0; !isLost && performance.now() < until; second++) {
				const next = performance.now() + 1000;
				const from = Date.parse('2026-07-10T00:00:00Z') + second * READINGS_S;
				const rows = Array.from({ length: READINGS_S }, (_, i) => ({
					...{ stationId: station, at: new Date(from + i), periodS: 600, value: 1 },
				}));
				await putReadings(ingest, rows, new Date());
				sent += rows.length;
				await sleep(Math.max(0, next - performance.now()));
			}
		})();
		const taken: number[] = [];
		const answering = Promise.all(
			links.map(async (link, i) => {
				await sleep((i / SITES) * overS * 1000);
				const began = performance.now();
				const answer = { id: randomUUID(), kind: 'stopped', byName: 'bench', note: '', answers: {} } as const;
				const result = await answerNotice(databases.alarm, link, answer, null, { address: null, now: new Date() });
				if (!result.ok) throw new Error(`An answer was refused: ${result.reason}.`);
				taken.push(performance.now() - began);
			}),
		);
		await answering.catch(() => (isLost = true));
		await feed;
		await answering;
		const count = async (table: 'flood_receipt' | 'flood_station_reading') =>
			Number(
				(
					await ingest
						.selectFrom(table)
						.select(({ fn }) => fn.countAll<string>().as('n'))
						.executeTakeFirstOrThrow()
				).n,
			);
		const [receipts, readings] = [await count('flood_receipt'), await count('flood_station_reading')];
		if (receipts !== SITES || readings !== sent)
			throw new Error(`${receipts} of ${SITES} receipts and ${readings} of ${sent} readings are there.`);
		const p99 = taken.sort((a, b) => a - b)[Math.floor(taken.length * 0.99)]!;
		const rate = Math.round(sent / overS).toLocaleString('en');
		return {
			what: `${databases.tier}: ${SITES} receipts in ${overS} s beside ${rate} station readings/s, none lost: p99 (at most)`,
			ours: `${p99.toFixed(0)} ms`,
			beside: `${LIMIT_MS} ms`,
			ratio: p99 / LIMIT_MS,
			limit: 1,
			ok: p99 <= LIMIT_MS && sent >= READINGS_S * overS * 0.95,
		};
	} finally {
		await databases.close();
		const holder = database === '' ? holderOf(placeOf(folder).lock) : undefined;
		if (holder) process.kill(holder.pid, 'SIGTERM');
		rmSync(folder, { recursive: true, force: true });
	}
}

async function orders(db: Awaited<ReturnType<typeof openDatabases>>['ingest']) {
	const source_id = randomUUID();
	const by = { created_at: new Date(), created_by: 'bench' };
	await db
		.insertInto('source')
		.values({ id: source_id, kind: 'hand', subject: 'bench', name: 'bench', ...by })
		.execute();
	const at = { type: 'Point', coordinates: [120.2, 30.1] };
	const sites = Array.from({ length: SITES }, (_, i) => ({ id: randomUUID(), name: `site ${i}` }));
	await insertRows(
		db,
		'site',
		sites.map((site) => ({ ...site, state: 'active', location: at, source_id })),
	);
	const event = randomUUID();
	await db.insertInto('flood_event').values({ id: event, name: 'bench', began_at: new Date() }).execute();
	const links = sites.map(() => randomUUID());
	await insertRows(
		db,
		'flood_notice',
		sites.map((site, i) => ({
			...{ id: randomUUID(), event_id: event, site_id: site.id, link: links[i], reason: 'rainstorm/red' },
			link_hash: createHash('sha256').update(links[i]!).digest('hex'),
			...{ sent_at: new Date(), answer_by: new Date(Date.now() + 1_800_000) },
		})),
	);
	const station = randomUUID();
	await insertRows(db, 'flood_station', [
		{ id: station, code: 'R-1', kind: 'rain', name: 'R-1', location: at, expected_interval_s: 600, source_id },
	]);
	return { links, station };
}
