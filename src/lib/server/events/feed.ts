// Hands events on in the order of their numbers, each once: those this process wrote at once, those of other
// processes (another server, the command line) when it next looks into the log.

import type { EventMessage } from '#lib/contract/events.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { logEnds, replayAfter } from './log.ts';

export type Listener = (events: readonly EventMessage[]) => void;

export interface EventFeed {
	/** The last number handed on. */
	readonly cursor: number;
	/** To be called after the commit. */
	announce(events: readonly EventMessage[]): void;
	/** @returns ends it */
	listen(listener: Listener): () => void;
	/** Looks into the log now. */
	catchUp(): Promise<void>;
	stop(): Promise<void>;
}

const LOOK_EVERY_MS = 1000;
const AT_ONCE = 1000;

/** @param onfault - the log could not be read; it is tried again a second later */
export async function startFeed(db: Db, onfault: (error: unknown) => void): Promise<EventFeed> {
	const listeners = new Set<Listener>();
	/** Announced, but a lower number has not come yet: its transaction ended first and its caller was slower. */
	const early = new Map<number, EventMessage>();
	let cursor = (await logEnds(db)).newest;
	let looking: Promise<void> | undefined;
	let isStopped = false;

	function handOn(events: readonly EventMessage[]): void {
		for (const event of events) if (event.seq > cursor) early.set(event.seq, event);
		const ready: EventMessage[] = [];
		for (let next = early.get(cursor + 1); next; next = early.get(cursor + 1)) {
			early.delete(next.seq);
			cursor = next.seq;
			ready.push(next);
		}
		if (ready.length > 0) for (const listener of listeners) listener(ready);
	}

	async function look(): Promise<void> {
		for (let more = true; more && !isStopped;) {
			const replay = await replayAfter(db, cursor, AT_ONCE, SYSTEM);
			if (!replay.ok) {
				// Trimmed past us, or begun anew: what was missed cannot be handed on any more.
				cursor = (await logEnds(db)).newest;
				early.clear();
				return;
			}
			handOn(replay.events);
			more = replay.more;
		}
	}

	function catchUp(): Promise<void> {
		looking ??= look()
			.catch(onfault)
			.finally(() => (looking = undefined));
		return looking;
	}

	const timer = setInterval(() => void catchUp(), LOOK_EVERY_MS);
	timer.unref();

	return {
		get cursor() {
			return cursor;
		},
		announce(events) {
			handOn(events);
			if (early.size > 0) void catchUp();
		},
		listen(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		catchUp,
		async stop() {
			isStopped = true;
			clearInterval(timer);
			await looking;
		},
	};
}
