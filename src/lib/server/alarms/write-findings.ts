// One transaction of findings: reads and locks the stored alarms, lets the domain say what becomes of them, gathers
// those of one cause into incidents, and writes rows, history and events.

import { randomUUID } from 'node:crypto';
import { incidentRules } from '#db/rules/alarm-life.ts';
import { gather, type Groups, type Joined } from '#lib/domain/alarm/incident.ts';
import { speaks } from '#lib/domain/alarm/life.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import type { Db } from '../db/connection.ts';
import { allAnswered } from '../db/transaction.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import { lockAlarms, putAlarms } from '../repositories/alarm.ts';
import { addSteps, type AlarmStep } from '../repositories/alarm-step.ts';
import { saveBaselines } from '../repositories/device-baseline.ts';
import { addIncident, growIncident } from '../repositories/incident.ts';
import { alarmEvent, type AlarmRow, type Describe, type Subject } from './alarm-row.ts';
import { mergeNoticed, type Noticed } from './merge-finding.ts';
import type { Finding } from './outbox.ts';

export interface Written {
	events: EventMessage[];
	groups: Groups;
}

/** The stored alarms that findings are about, locked until the transaction ends. */
export function lockAlarmsOf(tx: Db, findings: readonly Finding[]): Promise<AlarmRow[]> {
	const ids = findings.flatMap(({ noticed }) => (noticed ? [noticed.measured.id] : []));
	return lockAlarms(tx, [...new Set(ids)]);
}

/**
 * @param known - of `lockAlarmsOf`
 * @param groups - a copy; it is changed
 * @param commit - called behind the last statement, where the transaction has not to wait for its answer
 */
export async function writeFindings(
	tx: Db,
	findings: readonly Finding[],
	known: readonly AlarmRow[],
	groups: Groups,
	describe: Describe,
	commit: () => Promise<void> = () => Promise.resolve(),
): Promise<Written> {
	const work = new Work(groups, describe);
	work.know(known);
	for (const { noticed, event } of findings) {
		if (event) work.events.push(event);
		if (noticed) work.take(noticed);
	}
	const missing = work.strangers();
	if (missing.length > 0) work.know(await lockAlarms(tx, missing));
	work.join();

	const learned = findings.flatMap(({ learned: one }) => (one ? [[one.deviceId, one] as const] : []));
	// The connection takes them in the order in which they are asked; none of them waits for an answer.
	const written = [
		...work
			.incidents()
			.map(({ incident, isNew, at }) => (isNew ? addIncident(tx, incident, at) : growIncident(tx, incident))),
		putAlarms(tx, work.changed()),
		addSteps(tx, work.steps),
		saveBaselines(tx, [...new Map(learned).values()]),
	];
	const appended = appendEvents(tx, work.events);
	const [, events] = await allAnswered([allAnswered(written), appended, commit()]);
	return { events, groups };
}

class Work {
	readonly events: NewEvent[] = [];
	readonly steps: AlarmStep[] = [];
	readonly #groups: Groups;
	readonly #rows = new Map<string, AlarmRow>();
	readonly #subjects = new Map<string, Subject>();
	readonly #touched = new Set<string>();
	readonly #joined: (Joined & { at: Date })[] = [];

	readonly #describe: Describe;

	constructor(groups: Groups, describe: Describe) {
		this.#groups = groups;
		this.#describe = describe;
	}

	know(rows: readonly AlarmRow[]): void {
		for (const row of rows) this.#rows.set(row.id, row);
	}

	take(noticed: Noticed): void {
		const { measured, happening, at } = noticed;
		let stored = this.#rows.get(measured.id);
		if (stored?.life.handling === 'closed') {
			// A person closed it before the engine knew: what comes back is a new alarm, what is over is over.
			if (happening?.kind !== 'raised') return;
			measured.id = randomUUID();
			measured.raisedAt = at;
			stored = undefined;
		}
		const { row, step, type } = mergeNoticed(stored, noticed);
		this.#set(row, noticed.subject);
		if (step) this.steps.push(step);
		const joined = happening?.kind === 'raised' && speaks(row.life) && this.#gather(row, at);
		if (joined) this.#joined.push({ ...joined, at });
		if (type) this.#tell(type, this.#rows.get(row.id)!, at);
	}

	#gather(row: AlarmRow, at: Date): Joined | undefined {
		if (row.incidentId !== null) return undefined;
		const one = { alarmId: row.id, condition: row.condition, siteId: row.siteId, atMs: at.getTime() };
		const joined = gather(this.#groups, one, incidentRules, randomUUID());
		if (joined) this.#rows.set(row.id, { ...row, incidentId: joined.incident.id, incidentKind: joined.incident.kind });
		return joined;
	}

	/** Alarms of new incidents that were raised in an earlier transaction. */
	strangers(): string[] {
		return this.#joined.flatMap(({ alarmIds }) => alarmIds.filter((id) => !this.#rows.has(id)));
	}

	/** Puts the older members of new incidents into them, and tells. */
	join(): void {
		for (const { incident, isNew, alarmIds, at } of this.#joined) {
			for (const id of alarmIds) {
				const row = this.#rows.get(id);
				if (!row || row.incidentId === incident.id) continue;
				const member = { ...row, incidentId: incident.id, incidentKind: incident.kind, revision: row.revision + 1 };
				const subject = this.#subjects.get(id);
				this.#set(member, subject);
				this.#tell('alarm:changed', member, at);
			}
			if (isNew) this.events.push(openedEvent(incident, alarmIds.length, at));
		}
	}

	incidents(): (Pick<Joined, 'incident' | 'isNew'> & { at: Date })[] {
		const byId = new Map<string, Pick<Joined, 'incident' | 'isNew'> & { at: Date }>();
		for (const { incident, isNew, at } of this.#joined) {
			const known = byId.get(incident.id);
			byId.set(incident.id, { incident, isNew: isNew || (known?.isNew ?? false), at: known?.at ?? at });
		}
		return [...byId.values()];
	}

	changed(): AlarmRow[] {
		return [...this.#touched].map((id) => this.#rows.get(id)!);
	}

	#set(row: AlarmRow, subject: Subject | undefined): void {
		this.#rows.set(row.id, row);
		this.#touched.add(row.id);
		if (subject) this.#subjects.set(row.id, subject);
	}

	#tell(type: NewEvent['type'], row: AlarmRow, at: Date): void {
		const subject = this.#subjects.get(row.id) ?? this.#describe(row.deviceId, row.objectNo);
		this.events.push(alarmEvent(type, row, subject, at));
	}
}

function openedEvent({ id, kind, condition, siteId }: Joined['incident'], alarms: number, at: Date): NewEvent {
	const subject: NewEvent['subject'] = { kind: 'incident', id, ...(siteId === null ? {} : { siteId }) };
	return {
		at,
		type: 'incident:opened',
		subject,
		data: { id, kind, condition, siteId, openedAt: at.toISOString(), alarms },
	};
}
