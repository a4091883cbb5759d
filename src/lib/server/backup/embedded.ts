// Copies of the embedded database while it runs, and the proof that one can be restored: it is, into a folder of its
// own, opened by an engine of its own, read through and counted.

import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabases, type Db } from '../db/connection.ts';
import { checkedList } from '../db/engine/backup-list.ts';
import { unpackInto } from '../db/engine/backup.ts';
import { backUpRunning, bytesOf, copiesIn } from '../db/engine/live-backup.ts';
import { placeOf } from '../db/engine/place.ts';
import { readAllPages } from '../db/engine/probe.ts';
import { holderOf } from '../db/lock.ts';
import { Fault } from '../errors.ts';
import { countRows, missingRows, type Counts } from './count-rows.ts';

export interface Taken {
	path: string;
	bytes: number;
	tables: Counts;
}

/** @param pause - holds back checkpoints while files are copied; gives them free again */
export async function backUpEmbedded(
	db: Db,
	dataDir: string,
	folder: string,
	now: Date,
	pause: () => () => void = () => () => undefined,
): Promise<Taken> {
	fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
	const last = copiesIn(folder).at(-1);
	const path = join(folder, now.toISOString().replaceAll(/[:.]/g, '-'));
	// Counted before: the copy holds at least this.
	const tables = await countRows(db);
	const resume = pause();
	try {
		const list = await backUpRunning(db, placeOf(dataDir), path, last && join(folder, last), now);
		return { path, bytes: bytesOf(list), tables };
	} finally {
		resume();
	}
}

const ENGINE_ENDS_MS = 60_000;

/** @throws Fault when the copy is not whole, does not open, or lacks rows */
export async function verifyEmbedded(path: string, noted: Counts): Promise<void> {
	checkedList(path);
	const scratch = fs.mkdtempSync(join(tmpdir(), 'sitewatch-restore-test-'));
	const place = placeOf(scratch);
	try {
		fs.mkdirSync(place.folder, { recursive: true, mode: 0o700 });
		unpackInto(path, place.folder);
		const databases = await openDatabases({ DATABASE_URL: '', DATA_DIR: scratch }, { migrate: false });
		try {
			const wrong = [...(await readAllPages(databases.read)), ...missingRows(noted, await countRows(databases.read))];
			if (wrong.length > 0)
				throw new Fault('bad-input', path, `备份恢复后不完整 · Restored, the backup is not whole: ${wrong.join('; ')}`);
		} finally {
			await databases.close();
		}
	} finally {
		for (let waited = 0; holderOf(place.lock) && waited < ENGINE_ENDS_MS; waited += 100) await sleep(100);
		fs.rmSync(scratch, { recursive: true, force: true });
	}
}
