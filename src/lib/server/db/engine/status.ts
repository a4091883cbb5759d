// What the engine had to survive since it was first opened: swallowed errors, reopenings, and why the last one came.
// A small file that the program reads for its metrics; losing it loses nothing else.

import fs from 'node:fs';
import * as v from 'valibot';
import type { Place } from './place.ts';

const StatusSchema = v.object({
	swallowed: v.number(),
	reopened: v.number(),
	/** Syncs the disk refused: each one means a disk to be replaced. */
	syncFailures: v.number(),
	lastTrouble: v.nullable(v.object({ at: v.string(), why: v.string() })),
});
export type EngineStatus = v.InferOutput<typeof StatusSchema>;

const NONE: EngineStatus = { swallowed: 0, reopened: 0, syncFailures: 0, lastTrouble: null };

export function readStatus(place: Place): EngineStatus {
	try {
		return v.parse(StatusSchema, JSON.parse(fs.readFileSync(place.status, 'utf8')));
	} catch {
		return { ...NONE };
	}
}

export interface StatusBook {
	swallowed(): void;
	reopened(why: string, at: Date): void;
}

export function createStatus(place: Place): StatusBook {
	const status = readStatus(place);
	const write = (): void => {
		try {
			fs.writeFileSync(place.status, JSON.stringify(status), { mode: 0o600 });
		} catch {
			// The disk may be what is in trouble; the engine goes on without its book.
		}
	};
	return {
		swallowed() {
			status.swallowed += 1;
			write();
		},
		reopened(why, at) {
			status.reopened += 1;
			if (why.startsWith('sync failed')) status.syncFailures += 1;
			status.lastTrouble = { at: at.toISOString(), why };
			write();
		},
	};
}
