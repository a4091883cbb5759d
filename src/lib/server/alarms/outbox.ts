// Writes what the engine found: alarm rows, their history and events in one transaction, in the order they were found,
// then tells. While the database is away findings wait here and are written when it is back.

import { noGroups, type Groups } from '#lib/domain/alarm/incident.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import type { Databases, Db } from '../db/connection.ts';
import { allAnswered } from '../db/transaction.ts';
import type { NewEvent } from '../events/log.ts';
import { standingAlarmRows } from '../repositories/alarm.ts';
import type { KeptBaseline } from '../repositories/device-baseline.ts';
import type { AlarmMeasured, Describe } from './alarm-row.ts';
import type { Noticed } from './merge-finding.ts';
import { lockAlarmsOf, writeFindings } from './write-findings.ts';

/** Something noticed about an alarm, an event to tell, or something learned that a restart must not forget. */
export interface Finding {
	noticed?: Noticed;
	event?: NewEvent;
	learned?: KeptBaseline;
}

export interface Outbox {
	put(finding: Finding): void;
	/** Waits until everything found so far is written. */
	drained(): Promise<void>;
	waiting(): number;
	/** Goes on with the incidents that grew before this program started. */
	remember(groups: Groups): void;
	/** Tries no longer to write what the database does not take. */
	stop(): void;
}

const AT_ONCE = 500;
const RETRY_MS = 1000;
const UNIQUE_VIOLATION = '23505';

export function createOutbox(
	{ alarm: db, quickly }: Pick<Databases, 'alarm' | 'quickly'>,
	announce: (events: readonly EventMessage[]) => void,
	onFault: (error: unknown) => void,
	describe: Describe,
	/** Asked inside each transaction, before anything is written; throws when this process may not write any more. */
	guard?: (tx: Db) => Promise<void>,
): Outbox {
	let queue: Finding[] = [];
	let groups = noGroups();
	let writing: Promise<void> | undefined;
	let isStopped = false;

	async function writeAll(): Promise<void> {
		while (queue.length > 0 && !isStopped) {
			const findings = queue.slice(0, AT_ONCE);
			try {
				const written = await quickly(async (tx, commit) => {
					const [known] = await allAnswered([lockAlarmsOf(tx, findings), guard?.(tx) ?? Promise.resolve()]);
					return writeFindings(tx, findings, known, structuredClone(groups), describe, commit);
				});
				queue = queue.slice(findings.length);
				groups = written.groups;
				announce(written.events);
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
		remember: (known) => void (groups = known),
		stop: () => void (isStopped = true),
	};
}

/** Another process has opened the same alarm: from now on ours is that one. */
async function adopt(db: Db, findings: readonly Finding[]): Promise<void> {
	const keyOf = ({ deviceId, condition, objectNo }: AlarmMeasured) => `${deviceId} ${condition} ${objectNo}`;
	const open = new Map((await standingAlarmRows(db)).map((row) => [keyOf(row), row]));
	for (const { noticed } of findings) {
		const other = noticed && open.get(keyOf(noticed.measured));
		if (other) noticed.measured.id = other.id;
	}
}
