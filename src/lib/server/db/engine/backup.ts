// Copies of the embedded database's folder, taken and put back while its engine does not run. A copy carries the size
// and checksum of every file, so that a restore knows what it has before it touches anything.

import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Fault } from '../../errors.ts';
import { acquireLock } from '../lock.ts';
import { checkedList, filesOf, LIST, type BackupList } from './backup-list.ts';
import { prepareCluster, readManifest } from './manifest.ts';
import { placeOf, type Place } from './place.ts';
import { syncFolder, syncTree } from './sync.ts';

const MANIFEST = 'manifest.json';
const CLUSTER = 'cluster';

/** @throws Fault when the program or the engine runs, the target is not empty, or there is no whole database */
export function takeBackup(dataDir: string, target: string, now: Date): BackupList {
	const place = placeOf(dataDir);
	const manifest = readManifest(place);
	if (manifest?.state !== 'ready') {
		throw new Fault('not-found', place.folder, `${place.folder} 没有数据库 · There is no database to copy.`);
	}
	if (fs.existsSync(target) && fs.readdirSync(target).length > 0) {
		throw new Fault('conflict', target, `${target} 不是空文件夹 · The folder is not empty.`);
	}
	return withoutEngine(place, now, () => {
		prepareCluster(place, now);
		fs.mkdirSync(target, { recursive: true, mode: 0o700 });
		fs.cpSync(place.cluster, join(target, CLUSTER), { recursive: true });
		fs.cpSync(place.manifest, join(target, MANIFEST));
		const list: BackupList = { takenAt: now.toISOString(), instance: manifest.instance, files: filesOf(target) };
		fs.writeFileSync(join(target, LIST), JSON.stringify(list, null, '\t'));
		syncTree(target);
		return list;
	});
}

/**
 * Puts a copy in the place of the database, which is set aside, not deleted.
 *
 * @returns where the database that was there lies now, if there was one
 * @throws Fault when the copy is not whole or somebody runs; nothing has been changed then
 */
export function restoreBackup(dataDir: string, source: string, now: Date): { list: BackupList; aside?: string } {
	const list = checkedList(source);
	const place = placeOf(dataDir);
	fs.mkdirSync(place.folder, { recursive: true, mode: 0o700 });
	return withoutEngine(place, now, () => {
		const stamp = now.toISOString().replaceAll(/[:.]/g, '-');
		const draft = join(place.folder, `restored-${stamp}`);
		unpackInto(source, draft);
		syncTree(draft);

		const aside = join(dirname(place.folder), `db-before-${stamp}`);
		const old = [place.cluster, place.manifest].filter((path) => fs.existsSync(path));
		if (old.length > 0) fs.mkdirSync(aside, { mode: 0o700 });
		// The manifest leaves first and comes last: without it nothing is taken for a database.
		for (const path of old.reverse()) fs.renameSync(path, join(aside, path === place.manifest ? MANIFEST : CLUSTER));
		fs.renameSync(join(draft, CLUSTER), place.cluster);
		fs.renameSync(join(draft, MANIFEST), place.manifest);
		fs.rmdirSync(draft);
		syncFolder(place.folder);
		return { list, ...(old.length > 0 ? { aside } : {}) };
	});
}

function withoutEngine<T>(place: Place, now: Date, work: () => T): T {
	const lock = acquireLock(place.lock, 'sitewatch backup', now);
	try {
		return work();
	} finally {
		lock.release();
	}
}

/** Copies a database out of a backup; packed files are unpacked. */
export function unpackInto(source: string, folder: string): void {
	const from = join(source, CLUSTER);
	for (const name of fs.readdirSync(from, { recursive: true }) as string[]) {
		const path = join(from, name);
		const to = join(folder, CLUSTER, name);
		fs.mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
		if (fs.statSync(path).isDirectory()) fs.mkdirSync(to, { recursive: true, mode: 0o700 });
		else if (name.endsWith('.gz'))
			fs.writeFileSync(to.slice(0, -'.gz'.length), gunzipSync(fs.readFileSync(path)), { mode: 0o600 });
		else fs.copyFileSync(path, to);
	}
	fs.cpSync(join(source, MANIFEST), join(folder, MANIFEST));
}
