// Copies of the embedded database's folder, taken and put back while its engine does not run. A copy carries the size
// and checksum of every file, so that a restore knows what it has before it touches anything.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { Fault } from '../../errors.ts';
import { acquireLock } from '../lock.ts';
import { prepareCluster, readManifest } from './manifest.ts';
import { placeOf, type Place } from './place.ts';
import { syncFolder, syncTree } from './sync.ts';

const ListSchema = v.object({
	takenAt: v.string(),
	instance: v.string(),
	files: v.array(v.object({ path: v.string(), bytes: v.number(), sha256: v.string() })),
});
export type BackupList = v.InferOutput<typeof ListSchema>;

const LIST = 'backup.json';
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
		fs.cpSync(join(source, CLUSTER), join(draft, CLUSTER), { recursive: true });
		fs.cpSync(join(source, MANIFEST), join(draft, MANIFEST));
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

function checkedList(source: string): BackupList {
	const damaged = (what: string, cause?: unknown): Fault =>
		new Fault('bad-input', source, `备份 ${source} 不完整：${what} · The backup is not whole: ${what}`, { cause });
	let list: BackupList;
	try {
		list = v.parse(ListSchema, JSON.parse(fs.readFileSync(join(source, LIST), 'utf8')));
	} catch (error) {
		throw damaged(LIST, error);
	}
	const found = new Map(filesOf(source).map((file) => [file.path, file]));
	for (const { path, bytes, sha256 } of list.files) {
		const file = found.get(path);
		if (file?.bytes !== bytes || file.sha256 !== sha256) throw damaged(path);
	}
	return list;
}

function filesOf(folder: string): BackupList['files'] {
	return (fs.readdirSync(folder, { recursive: true }) as string[])
		.filter((path) => path !== LIST && fs.statSync(join(folder, path)).isFile())
		.sort()
		.map((path) => {
			const content = fs.readFileSync(join(folder, path));
			return { path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
		});
}
