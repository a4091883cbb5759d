// Polled feeds of warnings and water: what is asked, and what came of it last.

import { sql } from 'kysely';
import { floodRules } from '#db/rules/flood.ts';
import type { FeedEdit, FeedView } from '#lib/contract/flood-source.ts';
import type { JsonMapping } from '#lib/domain/flood/public-json.ts';
import type { Db } from '../db/connection.ts';

export interface DueFeed {
	id: string;
	name: string;
	form: FeedEdit['form'];
	url: string;
	mapping: JsonMapping | null;
	etag: string | null;
}

export async function feeds(db: Db, at: Date): Promise<FeedView[]> {
	const rows = await db.selectFrom('weather_feed').selectAll().orderBy('name').execute();
	return rows.map((row) => {
		const silentMs = row.every_s * floodRules.silentAfterIntervals.value * 1000;
		const heardMs = +(row.answered_at ?? row.changed_at ?? at);
		return {
			id: row.id,
			name: row.name,
			form: row.form,
			url: row.url ?? '',
			everyS: row.every_s,
			isOn: row.is_on,
			mapping: mappingOf(row.mapping),
			askedAt: row.asked_at?.toISOString() ?? null,
			answeredAt: row.answered_at?.toISOString() ?? null,
			failedAt: row.failed_at?.toISOString() ?? null,
			fault: row.fault,
			heard: row.heard as FeedView['heard'],
			isSilent: row.is_on && row.url !== null && +at - heardMs > silentMs,
		};
	});
}

export async function putFeed(tx: Db, id: string, feed: FeedEdit, at: Date, by: string): Promise<void> {
	const values = {
		name: feed.name,
		form: feed.form,
		url: feed.url,
		every_s: feed.everyS,
		is_on: feed.isOn,
		mapping: JSON.stringify(feed.mapping ?? {}),
		changed_at: at,
		changed_by: by,
		// A changed feed is asked at once, from the beginning.
		...{ asked_at: null, failures: 0, fault: null, etag: null },
	};
	await tx
		.insertInto('weather_feed')
		.values({ id, ...values })
		.onConflict((conflict) => conflict.column('id').doUpdateSet(values))
		.execute();
}

export async function removeFeed(tx: Db, id: string): Promise<boolean> {
	const { numDeletedRows } = await tx.deleteFrom('weather_feed').where('id', '=', id).executeTakeFirst();
	return numDeletedRows > 0n;
}

/**
 * Takes one feed whose time has come and notes that it is asked, so that no other process asks it too. One that fails is
 * asked more rarely.
 *
 * @param id - this one, whether its time has come or not
 */
export async function claimFeed(db: Db, at: Date, id?: string): Promise<DueFeed | undefined> {
	const { feedBackOff } = floodRules;
	const { rows } = await sql<DueFeed & { mapping: unknown }>`
		update weather_feed set asked_at = ${at}::timestamptz
		where id = (
			select id from weather_feed
			where url is not null and ${
				id === undefined
					? sql`is_on and (asked_at is null or asked_at + make_interval(secs => every_s
						* least(${feedBackOff.value}::float8, power(2, failures))) <= ${at}::timestamptz)`
					: sql`id = ${id}::uuid`
			}
			order by asked_at nulls first, id
			limit 1
			for update skip locked
		)
		returning id, name, form, url, mapping, etag`.execute(db);
	const [row] = rows;
	return row && { ...row, mapping: mappingOf(row.mapping) };
}

export type Heard = NonNullable<FeedView['heard']>;

/** @param came - null: nothing new since the last time */
export async function noteAnswer(
	db: Db,
	id: string,
	came: { heard: Heard; etag: string | null } | null,
	at: Date,
): Promise<void> {
	await db
		.updateTable('weather_feed')
		.set({
			answered_at: at,
			failures: 0,
			fault: null,
			...(came ? { heard: JSON.stringify(came.heard), etag: came.etag } : {}),
		})
		.where('id', '=', id)
		.execute();
}

export async function noteFailure(db: Db, id: string, fault: string, at: Date): Promise<void> {
	await db
		.updateTable('weather_feed')
		.set((eb) => ({ failed_at: at, failures: eb('failures', '+', 1), fault: fault.slice(0, 400) }))
		.where('id', '=', id)
		.execute();
}

function mappingOf(kept: unknown): JsonMapping | null {
	return typeof kept === 'object' && kept !== null && 'id' in kept ? (kept as JsonMapping) : null;
}
