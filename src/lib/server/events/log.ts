// The event log: every change that matters, in one order without gaps. Numbers are given under one advisory lock that
// is held until the commit, so whoever reads number n finds all below it.

import { sql } from 'kysely';
import type { EventMessage, EventType } from '#lib/contract/events.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { inScope } from '../db/scope.ts';
import { allAnswered } from '../db/transaction.ts';

export type NewEvent = Omit<EventMessage, 'seq' | 'at'> & { at: Date };

/** What lies behind a cursor; `gone` when part of it is not kept any more, or the cursor is of another log. */
export type Replay =
	| {
			ok: true;
			events: EventMessage[];
			/** Where to go on. */
			next: number;
			more: boolean;
	  }
	| { ok: false; reason: 'gone'; oldest: number };

/** Any number of our own: one writer of the log at a time, over all processes. */
const LOCK = 7_483_920_115;

/**
 * Appends inside the caller's transaction and holds the log until it ends: append last, commit soon, and hand the
 * result to `announce` after the commit. Needs READ COMMITTED, which is the default.
 */
export async function appendEvents(tx: Db, events: readonly NewEvent[]): Promise<EventMessage[]> {
	if (!tx.isTransaction) throw new Error('Events are appended inside the transaction of the change they tell of.');
	if (events.length === 0) return [];
	const column = <T>(value: (event: NewEvent) => T) => sql`${events.map(value)}`;
	// Two statements: the second sees what others wrote before they let go of the lock.
	const locked = sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
	const inserted = sql<{ seq: string }>`
		insert into event_log (seq, at, type, subject_kind, subject_id, object_no, site_id, town_code, data)
		select (select coalesce(max(seq), 0) from event_log) + n, at, type, kind, id, no, site, town, data::jsonb
		from unnest(
			${column((event) => event.at.toISOString())}::timestamptz[],
			${column((event) => event.type)}::text[],
			${column((event) => event.subject.kind)}::text[],
			${column((event) => event.subject.id)}::text[],
			${column((event) => event.subject.no ?? null)}::integer[],
			${column((event) => event.subject.siteId ?? null)}::uuid[],
			${column((event) => event.subject.townCode ?? null)}::text[],
			${column((event) => JSON.stringify(event.data))}::text[]
		) with ordinality as new (at, type, kind, id, no, site, town, data, n)
		order by n
		returning seq`.execute(tx);
	const [, { rows }] = await allAnswered([locked, inserted]);
	const first = Math.min(...rows.map(({ seq }) => Number(seq)));
	return events.map((event, i) => ({ ...event, seq: first + i, at: event.at.toISOString() }));
}

/**
 * Events behind a cursor that the scope reaches, in order.
 *
 * @param behindWall - where the events themselves are asked for; how far the log reaches is asked in front of the wall
 */
export async function replayAfter(
	db: Db,
	cursor: number,
	limit: number,
	scope: Scope,
	behindWall: Db = db,
): Promise<Replay> {
	const { oldest, newest } = await logEnds(db);
	// An empty log has no number; whoever says he read some of it means another one.
	if (cursor > newest || cursor < oldest - 1) return { ok: false, reason: 'gone', oldest };
	const rows = await behindWall
		.selectFrom('event_log')
		.select(['seq', 'at', 'type', 'subject_kind', 'subject_id', 'object_no', 'site_id', 'town_code', 'data'])
		.where('seq', '>', String(cursor))
		.where(inScope(scope, 'event_log.town_code', 'event_log.site_id'))
		.orderBy('seq')
		.limit(limit + 1)
		.execute();
	const more = rows.length > limit;
	const events = rows.slice(0, limit).map((row): EventMessage => {
		const subject: EventMessage['subject'] = { kind: row.subject_kind, id: row.subject_id };
		if (row.object_no !== null) subject.no = row.object_no;
		if (row.site_id !== null) subject.siteId = row.site_id;
		if (row.town_code !== null) subject.townCode = row.town_code;
		const type = row.type as EventType;
		return { seq: Number(row.seq), at: row.at.toISOString(), type, subject, data: row.data as Record<string, unknown> };
	});
	const last = events.at(-1)?.seq ?? cursor;
	return { ok: true, events, next: more ? last : Math.max(last, newest), more };
}

/** First and last number kept; `newest` 0 and `oldest` 1 while the log is empty. */
export async function logEnds(db: Db): Promise<{ oldest: number; newest: number }> {
	const { rows } = await sql<{ oldest: string | null; newest: string | null }>`
		select (select seq from event_log order by seq limit 1) as oldest,
			(select seq from event_log order by seq desc limit 1) as newest`.execute(db);
	return { oldest: Number(rows[0]?.oldest ?? 1), newest: Number(rows[0]?.newest ?? 0) };
}

/**
 * Forgets what lies before a moment, but never the newest event: the numbers go on from it.
 *
 * @returns how many events were forgotten
 */
export async function trimEvents(db: Db, before: Date): Promise<number> {
	const { numAffectedRows } = await sql`
		delete from event_log
		where seq < coalesce(
			(select min(seq) from event_log where at >= ${before}),
			(select max(seq) from event_log)
		)`.execute(db);
	return Number(numAffectedRows ?? 0);
}
