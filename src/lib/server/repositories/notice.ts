// Messages to people and gateways, from queued to received; the browsers that take them; the keys they are signed with.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';

export interface Notice {
	id: string;
	channel: 'page' | 'push' | 'webhook';
	/** A person, the endpoint of a browser, or the address of a gateway. */
	address: string;
	body: Record<string, unknown>;
	attempts: number;
}

export async function addNotice(
	tx: Db,
	notice: Omit<Notice, 'attempts'> &
		({ escalationId: string } | { floodNoticeId: string }) & { at: Date; state?: 'queued' | 'sent' },
): Promise<void> {
	const state = notice.state ?? 'queued';
	await tx
		.insertInto('notice')
		.values({
			...('escalationId' in notice
				? { escalation_id: notice.escalationId }
				: { flood_notice_id: notice.floodNoticeId }),
			...{ id: notice.id, channel: notice.channel, address: notice.address },
			...{ body: JSON.stringify(notice.body), state, next_at: notice.at, sent_at: state === 'sent' ? notice.at : null },
		})
		.execute();
}

export async function dueNotices(db: Db, at: Date, limit: number): Promise<Notice[]> {
	const rows = await db
		.selectFrom('notice')
		.select(['id', 'channel', 'address', 'body', 'attempts'])
		.where('state', '=', 'queued')
		.where('next_at', '<=', at)
		.orderBy('next_at')
		.limit(limit)
		.execute();
	return rows.map((row) => ({ ...row, body: row.body as Record<string, unknown> }));
}

export async function noteDelivery(
	db: Db,
	id: string,
	outcome: { at: Date; ok: true; received: boolean } | { at: Date; ok: false; error: string; nextAt: Date | null },
): Promise<void> {
	const changed = outcome.ok
		? {
				...{ state: outcome.received ? ('received' as const) : ('sent' as const), sent_at: outcome.at, error: null },
				received_at: outcome.received ? outcome.at : null,
			}
		: {
				...{ state: outcome.nextAt ? ('queued' as const) : ('failed' as const), error: outcome.error },
				next_at: outcome.nextAt ?? outcome.at,
			};
	await db
		.updateTable('notice')
		.set((eb) => ({ ...changed, attempts: eb('attempts', '+', 1) }))
		.where('id', '=', id)
		.execute();
}

/** A browser or gateway says that a message arrived. @returns whether there is such a message */
export async function markReceived(db: Db, id: string, at: Date): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('notice')
		.set({ state: 'received', received_at: at })
		.where('id', '=', id)
		.where('state', 'in', ['queued', 'sent', 'received'])
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/**
 * A person has opened what the page was told: its messages have arrived.
 *
 * @param ids - of alarms, and of drills, which are of no alarm
 */
export async function markPageReceived(tx: Db, personId: string, ids: readonly string[], at: Date): Promise<void> {
	await sql`
		update notice set state = 'received', received_at = ${at}
		from escalation
		where escalation.id = notice.escalation_id and notice.channel = 'page' and notice.state = 'sent'
			and notice.address = ${personId} and (escalation.alarm_id = any(${ids}::uuid[])
				or (escalation.is_test and escalation.subject_id = any(${ids}::uuid[])))`.execute(tx);
}

export interface PushAddress {
	endpoint: string;
	p256dh: string;
	auth: string;
}

export async function pushAddressesOf(db: Db, personId: string): Promise<PushAddress[]> {
	return db
		.selectFrom('push_subscription')
		.select(['endpoint', 'p256dh', 'auth'])
		.where('person_id', '=', personId)
		.execute();
}

export async function pushAddress(db: Db, endpoint: string): Promise<PushAddress | undefined> {
	return db
		.selectFrom('push_subscription')
		.select(['endpoint', 'p256dh', 'auth'])
		.where('endpoint', '=', endpoint)
		.executeTakeFirst();
}

export async function putPushAddress(
	tx: Db,
	{ personId, device, at, ...address }: PushAddress & { personId: string; device: string; at: Date },
): Promise<void> {
	const values = { ...address, person_id: personId, device, created_at: at };
	await tx
		.insertInto('push_subscription')
		.values(values)
		.onConflict((conflict) => conflict.column('endpoint').doUpdateSet(values))
		.execute();
}

export async function dropPushAddress(db: Db, endpoint: string): Promise<void> {
	await db.deleteFrom('push_subscription').where('endpoint', '=', endpoint).execute();
}

export interface KeyPair {
	publicKey: string;
	privateKey: string;
}

/** The key pair of that name; the first process to ask makes it. */
export async function serverKey(db: Db, name: string, make: () => KeyPair, at: Date): Promise<KeyPair> {
	const fresh = make();
	await db
		.insertInto('server_key')
		.values({ name, public_key: fresh.publicKey, private_key: fresh.privateKey, created_at: at })
		.onConflict((conflict) => conflict.column('name').doNothing())
		.execute();
	return db
		.selectFrom('server_key')
		.select(['public_key as publicKey', 'private_key as privateKey'])
		.where('name', '=', name)
		.executeTakeFirstOrThrow();
}

export async function countPushAddresses(db: Db): Promise<number> {
	const { n } = await db
		.selectFrom('push_subscription')
		.select((eb) => eb.fn.countAll<string>().as('n'))
		.executeTakeFirstOrThrow();
	return Number(n);
}
