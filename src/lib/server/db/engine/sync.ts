// Making sure that files, and the names of files, are on the disk.

import fs from 'node:fs';
import { join } from 'node:path';

export function syncFile(path: string): void {
	const file = fs.openSync(path, 'r+');
	try {
		fs.fsyncSync(file);
	} finally {
		fs.closeSync(file);
	}
}

/** Windows cannot open a folder to sync it and does not need to: NTFS journals its names. */
export function syncFolder(path: string): void {
	if (process.platform === 'win32') return;
	const folder = fs.openSync(path, 'r');
	try {
		fs.fsyncSync(folder);
	} finally {
		fs.closeSync(folder);
	}
}

/** A folder with everything below it. */
export function syncTree(path: string): void {
	for (const entry of fs.readdirSync(path, { withFileTypes: true })) {
		if (entry.isDirectory()) syncTree(join(path, entry.name));
		else if (entry.isFile()) syncFile(join(path, entry.name));
	}
	syncFolder(path);
}

/** File systems in memory: tmpfs, ramfs. They answer every sync and keep nothing. */
const FORGETFUL = new Set([0x01021994, 0x858458f6]);

/** Whether a sync of files in this folder reaches something that outlives the power, as far as the system tells. */
export function keepsSyncs(folder: string): boolean {
	return !FORGETFUL.has(fs.statfsSync(folder).type);
}
