// How full the disk below a folder is. A full disk stops the embedded engine for good, so nothing more is accepted
// before it comes to that.

import fs from 'node:fs/promises';
import { storageRules } from '#db/rules/storage.ts';

export interface DiskState {
	state: 'ok' | 'warn' | 'stop';
	/** Share in use of what this user may use, 0 to 1. */
	used: number;
	freeBytes: number;
}

export interface DiskRules {
	diskWarn: { value: number };
	diskStop: { value: number };
}

/** Asks the system; cheap enough for every batch, see `watchDisk` for the hot path. */
export async function diskState(folder: string, rules: DiskRules = storageRules): Promise<DiskState> {
	const { blocks, bfree, bavail, bsize } = await fs.statfs(folder);
	const usable = blocks - bfree + bavail;
	return judgeDisk(usable > 0 ? 1 - bavail / usable : 1, bavail * bsize, rules);
}

export function judgeDisk(used: number, freeBytes: number, rules: DiskRules): DiskState {
	const state = used >= rules.diskStop.value ? 'stop' : used >= rules.diskWarn.value ? 'warn' : 'ok';
	return { state, used, freeBytes };
}

export interface DiskWatch {
	/** As of the last look, at most some seconds ago. */
	now(): DiskState;
	/** Whether readings may be taken on. */
	accepts(): boolean;
	stop(): void;
}

const LOOK_MS = 5000;

/** Looks every few seconds, so that asking costs nothing. A disk that cannot be asked counts as full. */
export async function watchDisk(folder: string, onChange?: (state: DiskState) => void): Promise<DiskWatch> {
	let last = await diskState(folder);
	const look = async (): Promise<void> => {
		const before = last.state;
		last = await diskState(folder).catch(() => judgeDisk(1, 0, storageRules));
		if (last.state !== before) onChange?.(last);
	};
	const timer = setInterval(() => void look(), LOOK_MS).unref();
	return { now: () => last, accepts: () => last.state !== 'stop', stop: () => clearInterval(timer) };
}
