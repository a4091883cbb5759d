// The flood season: a warning polygon joined to 5,000 sites in one query, what-if over 540 and 100,000 sites, and the
// receipts of 540 sites beside 2,000 readings a second, each beside its limit, as a share of it.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { floodRules } from '../db/rules/flood.ts';
import { judgeExposure, type ExposedSite } from '../src/lib/domain/flood/exposure.ts';
import { columnsOf, whatIfScores } from '../src/lib/domain/flood/what-if.ts';
import { seeded } from '../src/lib/domain/random.ts';
import { openDatabases } from '../src/lib/server/db/connection.ts';
import { insertRows } from '../src/lib/server/db/bulk.ts';
import { fromPolygons } from '../src/lib/server/db/geo.ts';
import { placeOf } from '../src/lib/server/db/engine/place.ts';
import { holderOf } from '../src/lib/server/db/lock.ts';
import { sitesUnderSignals } from '../src/lib/server/repositories/flood-signal.ts';
import { receiptStorm } from './flood/receipts.ts';
import { median, type BenchResult, type BenchRow } from './result.ts';

const SITES = 5000;
const JOIN_MS = 200;
const CORNERS = 400;
const FULL = { h1: 20, h3: 50, h24: 100 };

export async function run({ seconds }: { seconds: number }): Promise<BenchResult> {
	const rows = [whatIf(540, 4, seconds), whatIf(100_000, 100, seconds), await join5000(), await receiptStorm('')];
	return { name: 'flood-season', rows };
}

function whatIf(count: number, limitMs: number, seconds: number): BenchRow {
	const { next } = seeded(count);
	const sites = Array.from({ length: count }, (_, i) => {
		const exposed: ExposedSite = {
			rain: { h1: next() * 20, h3: next() * 40, h24: next() * 80, source: '' },
			river: next() < 0.3 ? { aboveWarningM: next() * 2 - 1.5, source: '' } : 'none',
			lowGroundM: next(),
			waterloggedTimes: 1,
			pits: next() < 0.25 ? [{ depthM: 5 + next() * 12, areaM2: 4000, isSlabbed: false, grade: 'II' }] : [],
			...{ spoilHeightM: 0, hasUnderground: false, waterM: next() * 900, cranes: 2, tempStructures: 10 },
			...{
				formworks: 0,
				people: 100,
				pumpM3h: 100,
				ledgerGap: next() * 0.3,
				receipt: 'not-asked' as const,
				surveySource: '',
			},
		};
		const judged = judgeExposure(exposed, floodRules.exposure, FULL);
		return { no: i + 1, rain: exposed.rain, river: exposed.river, judged };
	});
	const columns = columnsOf(sites, floodRules.exposure);
	const into = new Float64Array(count);
	const taken: number[] = [];
	const until = performance.now() + Math.min(4000, seconds * 150);
	for (let step = 0; taken.length < 15 || performance.now() < until; step++) {
		const began = performance.now();
		whatIfScores(
			columns,
			{ h1: step % 60, h3: step % 90, h24: step % 200, riverM: (step % 20) / 10 },
			floodRules.exposure,
			FULL,
			into,
		);
		taken.push(performance.now() - began);
	}
	const ours = median(taken);
	return row(`what-if over ${count.toLocaleString('en')} sites, one slider step (at most)`, ours, limitMs);
}

async function join5000(): Promise<BenchRow> {
	const folder = mkdtempSync(join(tmpdir(), 'sitewatch-flood-'));
	const databases = await openDatabases({ DATABASE_URL: '', DATA_DIR: folder });
	try {
		const db = databases.ingest;
		const { next } = seeded('flood-join');
		const source_id = randomUUID();
		await db
			.insertInto('source')
			.values({
				id: source_id,
				kind: 'hand',
				subject: 'bench',
				name: 'bench',
				created_at: new Date(),
				created_by: 'bench',
			})
			.execute();
		await insertRows(
			db,
			'site',
			Array.from({ length: SITES }, (_, i) => ({
				id: randomUUID(),
				name: `site ${i}`,
				state: 'active',
				location: { type: 'Point', coordinates: [120 + next() * 0.6, 29.9 + next() * 0.45] },
				source_id,
			})),
		);
		const ring = Array.from({ length: CORNERS }, (_, i) => {
			const angle = (2 * Math.PI * i) / CORNERS;
			const reach = 0.16 + 0.02 * Math.sin(9 * angle);
			return [120.3 + reach * Math.cos(angle), 30.1 + reach * Math.sin(angle)];
		});
		const moment = new Date();
		await db
			.insertInto('weather_signal')
			.values({
				...{ id: randomUUID(), source: 'bench', issuer: 'bench', kind: 'rainstorm', colour: 'red', event: '暴雨' },
				...{ headline: '', state: 'active', issued_at: moment },
				area: fromPolygons({ type: 'Polygon', coordinates: [[...ring, ring[0]!]] }),
			})
			.execute();
		const taken: number[] = [];
		for (let round = 0; round < 9; round++) {
			const began = performance.now();
			const under = await sitesUnderSignals(databases.read);
			taken.push(performance.now() - began);
			if (under.length < SITES / 10 || under.length > SITES * 0.9)
				throw new Error(`${under.length} sites in the polygon.`);
		}
		return row(
			`a warning polygon of ${CORNERS} corners joined to ${SITES.toLocaleString('en')} sites (at most)`,
			median(taken),
			JOIN_MS,
		);
	} finally {
		await databases.close();
		const holder = holderOf(placeOf(folder).lock);
		if (holder) process.kill(holder.pid, 'SIGTERM');
		rmSync(folder, { recursive: true, force: true });
	}
}

function row(what: string, ms: number, limitMs: number): BenchRow {
	return {
		what,
		ours: `${ms.toFixed(2)} ms`,
		beside: `${limitMs} ms`,
		ratio: ms / limitMs,
		limit: 1,
		ok: ms <= limitMs,
	};
}
