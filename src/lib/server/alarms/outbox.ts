// Writes what the engine found: alarm rows and events in one transaction, in the order they were found, then tells.
// While the database is away findings wait here and are written when it is back.

import type { EventMessage } from '#lib/contract/events.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import { openAlarmRows, putAlarms, type AlarmRow } from '../repositories/alarm.ts';

/** An alarm as it has become, an event to tell, or both. */
export interface Finding {
	alarm?: AlarmRow;
	event?: NewEvent;
}

export interface Outbox {
	put(finding: Finding): void;
	/** Waits until everything found so far is written. */
	drained(): Promise<void>;
	waiting(): number;
	/** Tries no longer to write what the database does not take. */
	stop(): void;
}

const AT_ONCE = 500;
const RETRY_MS = 1000;
const UNIQUE_VIOLATION = '23505';

export function createOutbox(
	db: Db,
	announce: (events: readonly EventMessage[]) => void,
	onFault: (error: unknown) => void,
): Outbox {
	let queue: Finding[] = [];
	let writing: Promise<void> | undefined;
	let isStopped = false;

	async function writeAll(): Promise<void> {
		while (queue.length > 0 && !isStopped) {
			const findings = queue.slice(0, AT_ONCE);
			try {
				const events = await transaction(db, (tx) => write(tx, findings));
				queue = queue.slice(findings.length);
				announce(events);
			} catch (error) {
				onFault(error);
				if ((error as { code?: string }).code === UNIQUE_VIOLATION) await adopt(db, findings).catch(onFault);
				await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
			}
		}
	}

	function start(): Promise<void> {
		writing ??= writeAll().finally(() => {
			writing = undefined;
			if (queue.length > 0 && !isStopped) void start();
		});
		return writing;
	}

	return {
		put(finding) {
			queue.push(finding);
			// Not at once: what one batch of readings finds goes into one transaction.
			if (!writing && queue.length === 1) setImmediate(() => void start());
		},
		async drained() {
			while (queue.length > 0 && !isStopped) await start();
		},
		waiting: () => queue.length,
		stop: () => void (isStopped = true),
	};
}

async function write(tx: Db, findings: readonly Finding[]): Promise<EventMessage[]> {
	const newest = new Map(findings.flatMap(({ alarm }) => (alarm ? [[alarm.id, alarm]] : [])));
	await putAlarms(tx, [...newest.values()]);
	return appendEvents(
		tx,
		findings.flatMap(({ event }) => (event ? [event] : [])),
	);
}

/** Another process has opened the same alarm: from now on ours is that one. */
async function adopt(db: Db, findings: readonly Finding[]): Promise<void> {
	const open = new Map((await openAlarmRows(db)).map((row) => [`${row.deviceId} ${row.condition}`, row]));
	for (const { alarm, event } of findings) {
		const other = alarm && open.get(`${alarm.deviceId} ${alarm.condition}`);
		if (!other) continue;
		alarm.id = other.id;
		if (event) event.data = { ...event.data, id: other.id };
	}
}
