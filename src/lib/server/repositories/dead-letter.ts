// Frames that could not be read, with their bytes. The same frame again is counted, not kept twice.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';

export interface NewDeadLetter {
	protocol: string;
	source: string;
	externalId: string | null;
	reason: string;
	detail: string;
	raw: Buffer;
	/** Bytes that came; more than `raw` where it was cut. */
	size: number;
	fingerprint: Buffer;
	at: Date;
}

export interface DeadLetterRow {
	id: string;
	protocol: string;
	source: string;
	externalId: string | null;
	reason: string;
	detail: string;
	size: number;
	count: number;
	firstAt: Date;
	lastAt: Date;
	state: 'open' | 'replayed' | 'discarded';
	settledAt: Date | null;
	settledBy: string | null;
}

export interface DeadLetterFilter {
	state?: DeadLetterRow['state'];
	protocol?: string;
	reason?: string;
	/** Part of source, device or detail. */
	q?: string;
	/** Rows behind this one. */
	before?: number;
	limit: number;
}

/** One statement for all of them, without a lock that another could wait for crosswise. */
export async function addDeadLetters(db: Db, letters: readonly NewDeadLetter[]): Promise<void> {
	const sorted = [...letters].sort((a, b) => Buffer.compare(a.fingerprint, b.fingerprint));
	const once = new Map<string, { letter: NewDeadLetter; count: number }>();
	for (const letter of sorted) {
		const key = letter.fingerprint.toString('hex');
		const known = once.get(key);
		once.set(key, { letter, count: (known?.count ?? 0) + 1 });
	}
	await db
		.insertInto('dead_letter')
		.values(
			[...once.values()].map(({ letter, count }) => ({
				protocol: letter.protocol,
				source: letter.source,
				external_id: letter.externalId,
				reason: letter.reason,
				detail: letter.detail,
				raw: letter.raw,
				size: letter.size,
				fingerprint: letter.fingerprint,
				count,
				first_at: letter.at,
				last_at: letter.at,
			})),
		)
		.onConflict((conflict) =>
			conflict.column('fingerprint').doUpdateSet({
				count: sql<number>`dead_letter.count + excluded.count`,
				last_at: sql<Date>`excluded.last_at`,
				source: sql<string>`excluded.source`,
				detail: sql<string>`excluded.detail`,
				state: 'open',
				settled_at: null,
				settled_by: null,
			}),
		)
		.execute();
}

export async function deadLetters(db: Db, filter: DeadLetterFilter): Promise<DeadLetterRow[]> {
	let query = db.selectFrom('dead_letter').select(COLUMNS).orderBy('id', 'desc').limit(filter.limit);
	if (filter.state) query = query.where('state', '=', filter.state);
	if (filter.protocol) query = query.where('protocol', '=', filter.protocol);
	if (filter.reason) query = query.where('reason', '=', filter.reason);
	if (filter.before !== undefined) query = query.where('id', '<', String(filter.before));
	if (filter.q) {
		const like = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
		query = query.where((e) =>
			e.or([e('source', 'ilike', like), e('external_id', 'ilike', like), e('detail', 'ilike', like)]),
		);
	}
	return (await query.execute()).map(fromRow);
}

/** How many there are, by what they are: for the filters of the page. */
export async function deadLetterCounts(
	db: Db,
): Promise<{ protocol: string; reason: string; state: DeadLetterRow['state']; letters: number }[]> {
	const rows = await db
		.selectFrom('dead_letter')
		.select((e) => ['protocol', 'reason', 'state', e.fn.countAll<string>().as('letters')])
		.groupBy(['protocol', 'reason', 'state'])
		.orderBy('protocol')
		.orderBy('reason')
		.execute();
	return rows.map((row) => ({ ...row, letters: Number(row.letters) }));
}

export async function deadLetterWithRaw(db: Db, id: string): Promise<(DeadLetterRow & { raw: Buffer }) | undefined> {
	const row = await db
		.selectFrom('dead_letter')
		.select([...COLUMNS, 'raw'])
		.where('id', '=', id)
		.executeTakeFirst();
	return row && { ...fromRow(row), raw: row.raw };
}

/** Open ones of a filter, oldest first, with their bytes. */
export async function openDeadLetters(
	db: Db,
	{ protocol, reason, ids, limit }: { protocol?: string; reason?: string; ids?: readonly string[]; limit: number },
): Promise<(DeadLetterRow & { raw: Buffer })[]> {
	let query = db
		.selectFrom('dead_letter')
		.select([...COLUMNS, 'raw'])
		.where('state', '=', 'open')
		.orderBy('id')
		.limit(limit);
	if (protocol) query = query.where('protocol', '=', protocol);
	if (reason) query = query.where('reason', '=', reason);
	if (ids) query = query.where('id', 'in', [...ids]);
	return (await query.execute()).map((row) => ({ ...fromRow(row), raw: row.raw }));
}

export async function settleDeadLetters(
	db: Db,
	ids: readonly string[],
	state: 'replayed' | 'discarded',
	{ at, by }: { at: Date; by: string },
): Promise<number> {
	if (ids.length === 0) return 0;
	const rows = await db
		.updateTable('dead_letter')
		.set({ state, settled_at: at, settled_by: by })
		.where('id', 'in', [...ids])
		.where('state', '=', 'open')
		.returning('id')
		.execute();
	return rows.length;
}

/** Takes back that they were put away. */
export async function reopenDeadLetters(db: Db, ids: readonly string[]): Promise<number> {
	if (ids.length === 0) return 0;
	const rows = await db
		.updateTable('dead_letter')
		.set({ state: 'open', settled_at: null, settled_by: null })
		.where('id', 'in', [...ids])
		.where('state', '=', 'discarded')
		.returning('id')
		.execute();
	return rows.length;
}

/** The reason of one that was tried again in vain. */
export async function noteDeadLetter(db: Db, id: string, reason: string, detail: string): Promise<void> {
	await db
		.updateTable('dead_letter')
		.set({ reason, detail })
		.where('id', '=', id)
		.where('state', '=', 'open')
		.execute();
}

/** Takes away what is older than `before`, and the oldest beyond `kept`; settled ones go first. */
export async function trimDeadLetters(db: Db, before: Date, kept: number): Promise<number> {
	const old = await db.deleteFrom('dead_letter').where('last_at', '<', before).returning('id').execute();
	const { rows } = await sql<{ id: string }>`
		delete from dead_letter where id in (
			select id from dead_letter order by state = 'open' desc, id desc offset ${kept}
		) returning id`.execute(db);
	return old.length + rows.length;
}

const COLUMNS = [
	'id',
	'protocol',
	'source',
	'external_id',
	'reason',
	'detail',
	'size',
	'count',
	'first_at',
	'last_at',
	'state',
	'settled_at',
	'settled_by',
] as const;

function fromRow(row: {
	id: string;
	protocol: string;
	source: string;
	external_id: string | null;
	reason: string;
	detail: string;
	size: number;
	count: number;
	first_at: Date;
	last_at: Date;
	state: DeadLetterRow['state'];
	settled_at: Date | null;
	settled_by: string | null;
}): DeadLetterRow {
	return {
		id: row.id,
		protocol: row.protocol,
		source: row.source,
		externalId: row.external_id,
		reason: row.reason,
		detail: row.detail,
		size: row.size,
		count: row.count,
		firstAt: row.first_at,
		lastAt: row.last_at,
		state: row.state,
		settledAt: row.settled_at,
		settledBy: row.settled_by,
	};
}
