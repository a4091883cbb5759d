// What the embedded engine keeps when the power fails: everything it has acknowledged, wherever the cut comes.

import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '#lib/domain/random.ts';
import { placeOf } from '#lib/server/db/engine/place.ts';
import { durableStart } from '#lib/server/db/engine/start-params.ts';
import { PowerCut, PowerCutDisk, PowerCutFS } from '../power-cut-disk.ts';
import { copyTemplate } from './template.ts';

const CUTS = process.env.NIGHTLY ? 200 : 20;

describe('F-08 the power fails while rows are stored', () => {
	let folder: string;
	beforeAll(async () => {
		folder = fs.mkdtempSync(join(tmpdir(), 'sw-power-'));
		await copyTemplate(folder);
	});
	afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

	test(`${CUTS} times: nothing acknowledged is lost and the folder opens`, { timeout: 3_600_000 }, async () => {
		const { cluster } = placeOf(folder);
		const disk = new PowerCutDisk(join(folder, 'removed'));
		const random = seeded('power-cut');
		const kept = new Map<number, number>();
		const fates = { lost: 0, kept: 0, torn: 0 };
		let next = 0;
		let acknowledged = 0;

		const open = async () => {
			const db = await PGlite.create({ fs: new PowerCutFS(cluster, disk), startParams: durableStart() });
			const run = db.execProtocolRawSync.bind(db);
			// Without power nothing runs. PGlite would still say the end of the statement, and an engine that was torn out of
			// the writing of its log with the lock in hand would wait for that lock for ever.
			db.execProtocolRawSync = (message) => {
				if (disk.isOff) throw new PowerCut('Nothing runs any more.');
				return run(message);
			};
			return db;
		};
		let db = await open();
		await db.exec('create table note (id integer primary key, value integer not null)');

		for (let cut = 0; cut < CUTS; cut++) {
			disk.cutAfter(random.whole(20, 900));
			// What is on its way at the cut is in doubt: it may be there or not, but only whole.
			const doubt = new Map<number, number>();
			try {
				for (;;) {
					doubt.clear();
					const chance = random.next();
					if (chance < 0.05) await db.exec('checkpoint');
					else if (chance < 0.1) await db.exec(`create table t${next++} as select * from note limit 5`);
					else if (chance < 0.3 && kept.size > 0) {
						const id = [...kept.keys()][random.whole(0, kept.size - 1)]!;
						doubt.set(id, next++);
						await db.query('update note set value = $2 where id = $1', [id, doubt.get(id)]);
					} else {
						for (let row = random.whole(1, 40); row > 0; row--) doubt.set(next++, random.whole(0, 1e6));
						const [ids, values] = [[...doubt.keys()], [...doubt.values()]];
						await db.query('insert into note select * from unnest($1::int[], $2::int[])', [ids, values]);
					}
					if (disk.isOff) throw new PowerCut('What is answered now is not believed.');
					for (const [id, value] of doubt) kept.set(id, value);
					acknowledged += doubt.size;
				}
			} catch (error) {
				if (!disk.isOff) throw error;
			}
			const fate = disk.forget(random);
			for (const key of ['lost', 'kept', 'torn'] as const) fates[key] += fate[key];

			db = await open();
			await settle(db, doubt, kept);
			expect(await stored(db, kept, next), `after cut ${cut}`).toEqual([]);
		}
		await db.close();
		expect(acknowledged).toBeGreaterThan(CUTS * 20);
		// The cuts did lose something, or they proved nothing.
		expect(fates.lost).toBeGreaterThan(CUTS);
		console.log(`${CUTS} cuts, ${acknowledged} acknowledged changes, unsynced writes ${JSON.stringify(fates)}`);
	});
});

/** What was in doubt has happened as a whole or not at all; from now on it is known which. */
async function settle(db: PGlite, doubt: Map<number, number>, kept: Map<number, number>): Promise<void> {
	const { rows } = await db.query<{ id: number; value: number }>('select id, value from note where id = any($1)', [
		[...doubt.keys()],
	]);
	const happened = rows.filter(({ id, value }) => doubt.get(id) === value);
	if (happened.length === 0) return;
	expect(happened.length).toBe(doubt.size);
	for (const [id, value] of doubt) kept.set(id, value);
}

/** Rows that are missing, strange or wrong, by the table and by its index. */
async function stored(db: PGlite, kept: Map<number, number>, next: number): Promise<string[]> {
	const { rows } = await db.query<{ id: number; value: number }>('select id, value from note');
	const found = new Map(rows.map(({ id, value }) => [id, value]));
	const wrong = [...kept].filter(([id, value]) => found.get(id) !== value).map(([id]) => `lost ${id}`);
	for (const id of found.keys()) if (!kept.has(id)) wrong.push(`strange ${id}`);
	if (found.size !== rows.length) wrong.push('twice');
	await db.exec('set enable_seqscan = off; set enable_bitmapscan = off');
	const byIndex = await db.query<{ n: number }>('select count(*)::int as n from note where id between 0 and $1', [
		next,
	]);
	await db.exec('reset enable_seqscan; reset enable_bitmapscan');
	if (byIndex.rows[0]!.n !== rows.length) wrong.push(`index finds ${byIndex.rows[0]!.n} of ${rows.length}`);
	return wrong;
}
