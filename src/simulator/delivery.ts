// Empties the outbox: one request at a time, oldest first, until the platform has acknowledged it.

import type { Backoff } from './backoff.ts';
import type { Fleet } from './fleet.ts';
import type { Outbox } from './outbox.ts';
import { reasonOf, Refused, type Platform } from './platform.ts';

export interface Tally {
	sent: number;
	accepted: number;
	duplicates: number;
	rejected: number;
	failures: number;
}

export interface Delivery {
	/** Counts since the last call. */
	tally(): Tally;
	/** Sends what waits; returns how long to wait before the next call, ms. */
	step(): Promise<number>;
}

/** Readings in one request; more wait their turn after an outage. */
const AT_ONCE = 2_000;
const NOTHING: Tally = { sent: 0, accepted: 0, duplicates: 0, rejected: 0, failures: 0 };

/** @param everyMs - pause between two requests while nothing waits longer */
export function deliver(
	outbox: Outbox,
	platform: Pick<Platform, 'send'>,
	fleet: Pick<Fleet, 'retire'>,
	retries: Backoff,
	everyMs: number,
	log: (line: string) => void,
): Delivery {
	let counts = { ...NOTHING };
	return {
		tally() {
			const now = counts;
			counts = { ...NOTHING };
			return now;
		},
		async step() {
			const batch = outbox.head(AT_ONCE);
			if (batch.readings.length === 0) return everyMs;
			try {
				const answer = await platform.send(batch.readings);
				outbox.drop(batch);
				counts.sent += batch.readings.length;
				counts.accepted += answer.accepted;
				counts.duplicates += answer.duplicates;
				counts.rejected += answer.rejected.length;
				for (const { index, code } of answer.rejected) {
					const reading = batch.readings[index];
					if (code === 'unknown-device' && reading) fleet.retire(reading.device);
				}
				retries.succeeded();
				return outbox.size >= AT_ONCE ? 0 : everyMs;
			} catch (error) {
				counts.failures += 1;
				if (error instanceof Refused) {
					log(`${batch.readings.length} readings given up: ${error.message}`);
					outbox.drop(batch);
				}
				const waitMs = retries.failed();
				if (counts.failures === 1) log(`${reasonOf(error)}; next try in ${waitMs} ms, ${outbox.size} readings wait`);
				return waitMs;
			}
		},
	};
}
