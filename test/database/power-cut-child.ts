// The power of an embedded database is cut again and again while rows are stored. A process of its own: an engine that was
// cut off is never closed, and the memory of two hundred of them is more than there is.

import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { seeded } from '#lib/domain/random.ts';
import { placeOf } from '#lib/server/db/engine/place.ts';
import { durableStart } from '#lib/server/db/engine/start-params.ts';
import { PowerCut, PowerCutDisk, PowerCutFS } from '../power-cut-disk.ts';

export interface Cuts {
	acknowledged: number;
	/** What became of writes that were not synced. */
	fates: { lost: number; kept: number; torn: number };
}

const [folder, seed, cuts] = process.argv.slice(2) as [string, string, string];
process.send!(await cutPower(folder, seed, Number(cuts)));
process.exit();

/**
 * @param folder - with a database that is not running
 * @throws Error when something acknowledged is lost, or something is there that nobody stored
 */
async function cutPower(folder: string, seed: string, cuts: number): Promise<Cuts> {
	const { cluster } = placeOf(folder);
	const disk = new PowerCutDisk(join(folder, 'removed'));
	const random = seeded(seed);
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

	for (let cut = 0; cut < cuts; cut++) {
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
		const wrong = await stored(db, kept, next);
		if (wrong.length > 0) throw new Error(`After cut ${cut}: ${wrong.join()}`);
	}
	await db.close();
	return { acknowledged, fates };
}

/** What was in doubt has happened as a whole or not at all; from now on it is known which. */
async function settle(db: PGlite, doubt: Map<number, number>, kept: Map<number, number>): Promise<void> {
	const { rows } = await db.query<{ id: number; value: number }>('select id, value from note where id = any($1)', [
		[...doubt.keys()],
	]);
	const happened = rows.filter(({ id, value }) => doubt.get(id) === value);
	if (happened.length === 0) return;
	if (happened.length !== doubt.size)
		throw new Error(`${happened.length} of ${doubt.size} changes of one statement are there.`);
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
