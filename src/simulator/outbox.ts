// Readings on their way: kept until the platform has acknowledged them, oldest first, up to a limit.

import type { Reading } from '#lib/contract/telemetry.ts';

export interface Batch {
	readings: Reading[];
	/** Place behind its last reading, counted over everything that was ever put in. */
	end: number;
}

export interface Outbox {
	readonly size: number;
	/** Readings given up because the platform was away for too long. */
	readonly lost: number;
	put(readings: readonly Reading[]): void;
	/** The oldest readings, at most `count`; they stay until they are taken off. */
	head(count: number): Batch;
	/** Takes a batch off: it is acknowledged, or refused for good. */
	drop(batch: Batch): void;
}

/** @param room - readings kept at most; beyond it the oldest are given up, as a device's memory would */
export function openOutbox(room: number): Outbox {
	let waiting: Reading[] = [];
	/** Place of the oldest one that waits. */
	let first = 0;
	let lost = 0;
	const forget = (count: number) => {
		if (count <= 0) return;
		waiting = waiting.slice(count);
		first += count;
	};
	return {
		get size() {
			return waiting.length;
		},
		get lost() {
			return lost;
		},
		put(readings) {
			waiting = waiting.concat(readings);
			const over = Math.max(0, waiting.length - room);
			forget(over);
			lost += over;
		},
		head(count) {
			const readings = waiting.slice(0, count);
			return { readings, end: first + readings.length };
		},
		drop: ({ end }) => forget(end - first),
	};
}
