// `backup [--verify] FOLDER`: a checked copy of the data. Of the embedded database while it rests or runs; of a server
// by pg_dump, or table by table where that is missing. `--verify` restores it into a scratch place and counts.

import fs from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { verifyEmbedded } from '#lib/server/backup/embedded.ts';
import { countRows } from '#lib/server/backup/count-rows.ts';
import { dumpServer, verifyServer } from '#lib/server/backup/server.ts';
import { backUpRunning } from '#lib/server/db/engine/live-backup.ts';
import { takeBackup } from '#lib/server/db/engine/backup.ts';
import { placeOf } from '#lib/server/db/engine/place.ts';
import { holderOf } from '#lib/server/db/lock.ts';
import { Fault } from '#lib/server/errors.ts';
import { noteBackup, noteVerified } from '#lib/server/repositories/backup.ts';
import type { CliContext } from './context.ts';
import { readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

export const usage = 'backup [--verify] FOLDER';

export async function run(args: string[], context: CliContext): Promise<number> {
	const { folder, verify } = readArgs(args);
	const target = resolve(context.cwd, folder);
	const { DATABASE_URL: works, DATABASE_OWNER_URL, DATA_DIR } = context.config();
	const DATABASE_URL = DATABASE_OWNER_URL || works;
	const say = (what: string): void => context.out(`已备份 · Backed up: ${what}`);

	if (!DATABASE_URL && !verify && !holderOf(placeOf(DATA_DIR).lock)) {
		const { files } = takeBackup(DATA_DIR, target, context.now());
		say(`${files.length} 个文件 · files, ${target}`);
		return 0;
	}
	if (!DATABASE_URL) refuseFilled(target);
	const { databases } = await context.open();
	const id = randomUUID();
	const takenAt = context.now();
	const tables = await countRows(databases.read);
	const made = DATABASE_URL ? await dumpServer(databases.ingest, DATABASE_URL, target, takenAt) : await copyRunning();
	await noteBackup(databases.ingest, { id, takenAt, ...made });
	say(made.path);
	if (verify) {
		if (made.kind === 'folder') await verifyEmbedded(made.path, tables);
		else await verifyServer(DATABASE_URL, made);
		await noteVerified(databases.ingest, id, context.now());
		context.out('已恢复到临时库并逐表计数 · Restored into a scratch place and counted table by table.');
	}
	return 0;

	async function copyRunning() {
		const { files } = await backUpRunning(databases.alarm, placeOf(DATA_DIR), target, undefined, takenAt);
		const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
		return { kind: 'folder' as const, path: target, bytes, tables };
	}
}

/** @throws Fault `conflict`: a copy is never written over something */
function refuseFilled(target: string): void {
	if (!fs.existsSync(target)) return;
	if (fs.readdirSync(target).length > 0)
		throw new Fault('conflict', target, `${target} 不是空文件夹 · The folder is not empty.`);
	fs.rmdirSync(join(target));
}

function readArgs(args: string[]): { folder: string; verify: boolean } {
	const { values, positionals } = readOptions({
		args,
		allowPositionals: true,
		options: { verify: { type: 'boolean', default: false } },
	});
	const [folder] = positionals;
	if (!folder || positionals.length > 1) throw new UsageError();
	return { folder, verify: values.verify };
}
