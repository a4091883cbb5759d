// Frames that could not be read, on their way into the table: gathered, bounded per source and in all, counted always.

import { createHash } from 'node:crypto';
import { ingestRules } from '#db/rules/ingest.ts';
import type { Db } from '../db/connection.ts';
import { addDeadLetters, trimDeadLetters, type NewDeadLetter } from '../repositories/dead-letter.ts';
import type { Dead } from './decode/decoded.ts';
import type { TrespassWatch } from './trespass.ts';

export interface DeadFrame extends Dead {
	protocol: string;
	/** Key, topic or address it came by. */
	source: string;
	raw: Uint8Array;
	/** The key it came with, where one was shown. */
	keyId?: string;
}

export interface DeadLetters {
	/** Answers once it is stored, or was too many of its kind and only counted. @throws when it could not be stored */
	keep(frame: DeadFrame): Promise<void>;
	/** The same for those who do not wait; what cannot be stored is counted as lost. */
	note(frame: DeadFrame): void;
	/** By `protocol reason`. */
	counts(): ReadonlyMap<string, number>;
	/** Not kept although counted: too many of one source, or the database was away. */
	dropped(): number;
	trim(): Promise<void>;
	/** Writes what waits. */
	close(): Promise<void>;
}

const MINUTE_MS = 60_000;
/** Frames written in one statement; their bytes are limited by it too. */
const AT_ONCE = 200;
const GATHER_MS = 20;

interface Waiting {
	letter: NewDeadLetter;
	stored: () => void;
	failed: (error: unknown) => void;
}

/** @param trespasses - is told of keys that spoke for what is not their own */
export function createDeadLetters(db: Db, now: () => number, trespasses?: Pick<TrespassWatch, 'note'>): DeadLetters {
	const rules = ingestRules.deadLetter;
	const counts = new Map<string, number>();
	const bySource = new Map<string, number>();
	let minute = 0;
	let dropped = 0;
	let waiting: Waiting[] = [];
	let writing: Promise<void> | undefined;

	function isTooMany(source: string, nowMs: number): boolean {
		const current = Math.floor(nowMs / MINUTE_MS);
		if (current !== minute) bySource.clear();
		minute = current;
		const count = (bySource.get(source) ?? 0) + 1;
		if (bySource.size < rules.waiting.value || bySource.has(source)) bySource.set(source, count);
		return count > rules.perMinute.value || waiting.length >= rules.waiting.value;
	}

	function keep({ protocol, source, raw, reason, detail, externalId, keyId }: DeadFrame): Promise<void> {
		if (keyId !== undefined && reason === 'not-allowed')
			trespasses?.note({ keyId, protocol, device: externalId ?? source, why: detail });
		const key = `${protocol} ${reason}`;
		counts.set(key, (counts.get(key) ?? 0) + 1);
		const nowMs = now();
		if (isTooMany(source, nowMs)) {
			dropped++;
			return Promise.resolve();
		}
		const bytes = Buffer.from(raw.subarray(0, rules.bytes.value));
		const letter: NewDeadLetter = {
			...{ protocol, reason, raw: bytes, size: raw.length, at: new Date(nowMs) },
			source: plain(source, 200),
			detail: plain(detail, 500),
			externalId: externalId === undefined ? null : plain(externalId, 100),
			fingerprint: createHash('sha256').update(protocol).update('\0').update(raw).digest(),
		};
		return new Promise((stored, failed) => {
			waiting.push({ letter, stored, failed });
			start();
		});
	}

	function start(): void {
		writing ??= write().finally(() => {
			writing = undefined;
			// What came while the last of them was being answered.
			if (waiting.length > 0) start();
		});
	}

	async function write(): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
		while (waiting.length > 0) {
			const batch = waiting.slice(0, AT_ONCE);
			waiting = waiting.slice(AT_ONCE);
			try {
				await addDeadLetters(
					db,
					batch.map(({ letter }) => letter),
				);
				for (const { stored } of batch) stored();
			} catch (error) {
				dropped += batch.length;
				for (const { failed } of batch) failed(error);
			}
		}
	}

	return {
		keep,
		note: (frame) => void keep(frame).catch(() => undefined),
		counts: () => counts,
		dropped: () => dropped,
		async trim() {
			await trimDeadLetters(db, new Date(now() - rules.keptDays.value * 24 * 60 * MINUTE_MS), rules.kept.value);
		},
		async close() {
			while (writing) await writing;
		},
	};
}

/** As the database can keep it. */
function plain(text: string, length: number): string {
	return Buffer.from(text.replaceAll('\0', '�').slice(0, length), 'utf8').toString('utf8');
}
