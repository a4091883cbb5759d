// What a copy of the embedded database holds, file by file, so that a restore knows whether it is whole before it
// touches anything.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { Fault } from '../../errors.ts';

const FileSchema = v.object({
	/** Ends in `.gz` when the file is packed. */
	path: v.string(),
	bytes: v.number(),
	sha256: v.string(),
	/** Of the file it was copied from, to find out whether it is still the same. */
	mtimeMs: v.optional(v.number()),
	plainBytes: v.optional(v.number()),
});
export type BackupFile = v.InferOutput<typeof FileSchema>;

const ListSchema = v.object({ takenAt: v.string(), instance: v.string(), files: v.array(FileSchema) });
export type BackupList = v.InferOutput<typeof ListSchema>;

export const LIST = 'backup.json';

/** @throws Fault `bad-input` when the folder is no copy */
export function readList(source: string): BackupList {
	try {
		return v.parse(ListSchema, JSON.parse(fs.readFileSync(join(source, LIST), 'utf8')));
	} catch (error) {
		throw notWhole(source, LIST, error);
	}
}

/** @throws Fault `bad-input` when a file is missing or another than was copied */
export function checkedList(source: string): BackupList {
	const list = readList(source);
	for (const { path, bytes, sha256 } of list.files) {
		const file = join(source, path);
		const content = fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0);
		if (content.length !== bytes || createHash('sha256').update(content).digest('hex') !== sha256)
			throw notWhole(source, path);
	}
	return list;
}

export function filesOf(folder: string): BackupFile[] {
	return (fs.readdirSync(folder, { recursive: true }) as string[])
		.filter((path) => path !== LIST && fs.statSync(join(folder, path)).isFile())
		.sort()
		.map((path) => {
			const content = fs.readFileSync(join(folder, path));
			return { path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
		});
}

function notWhole(source: string, what: string, cause?: unknown): Fault {
	return new Fault('bad-input', source, `备份 ${source} 不完整：${what} · The backup is not whole: ${what}`, { cause });
}
