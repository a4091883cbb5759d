// Travel that a router was asked for, kept so that it is asked once; and drives that were really made, to learn from.

import { sql } from 'kysely';
import type { Leg } from '#lib/domain/travel/learn.ts';
import type { Db } from '../db/connection.ts';
import { insertRows } from '../db/bulk.ts';

export interface StoredLeg {
	from: string;
	to: string;
	minutes: number;
	km: number;
	straightKm: number;
}

/** Legs between any two of these places that a provider has answered. */
export async function storedLegs(db: Db, provider: string, keys: readonly string[]): Promise<StoredLeg[]> {
	const rows = await db
		.selectFrom('travel_leg')
		.select(['from_key', 'to_key', 'minutes', 'km', 'straight_km'])
		.where('provider', '=', provider)
		.where(sql<boolean>`from_key = any(${keys}::text[])`)
		.where(sql<boolean>`to_key = any(${keys}::text[])`)
		.execute();
	return rows.map((row) => ({
		from: row.from_key,
		to: row.to_key,
		minutes: row.minutes,
		km: row.km,
		straightKm: row.straight_km,
	}));
}

export async function storeLegs(db: Db, provider: string, legs: readonly StoredLeg[], at: Date): Promise<void> {
	if (legs.length === 0) return;
	const keys = [...new Set(legs.flatMap(({ from, to }) => [from, to]))];
	await sql`delete from travel_leg where provider = ${provider}
		and from_key = any(${keys}::text[]) and to_key = any(${keys}::text[])`.execute(db);
	await insertRows(
		db,
		'travel_leg',
		legs.map(({ from, to, minutes, km, straightKm }) => ({
			...{ provider, from_key: from, to_key: to, minutes, km },
			...{ straight_km: straightKm, fetched_at: at.toISOString() },
		})),
	);
}

/** Drives between two stops of one team, straight lines and minutes; and what a router said. */
export async function knownLegs(db: Db): Promise<Leg[]> {
	const routed = await db
		.selectFrom('travel_leg')
		.select(['straight_km', 'km', 'minutes'])
		.where('straight_km', '>', 0)
		.orderBy('fetched_at', 'desc')
		.limit(2000)
		.execute();
	const { rows: driven } = await sql<{ straight_km: number; minutes: number }>`
		select straight_km, minutes from (
			select ${sql`st_distance(site.location::geography, (lag(site.location) over w)::geography)`} / 1000 as straight_km,
				extract(epoch from stop.arrived_at - lag(stop.left_at) over w)::float8 / 60 as minutes
			from patrol_stop stop join site on site.id = stop.site_id
			where stop.arrived_at is not null
			window w as (partition by stop.plan_id, stop.team order by stop.arrived_at)
		) leg where minutes > 0 and minutes < 180 order by minutes limit 2000`.execute(db);
	return [
		...routed.map(({ straight_km, km, minutes }) => ({ straightKm: straight_km, km, minutes })),
		...driven.map(({ straight_km, minutes }) => ({
			straightKm: Number(straight_km),
			km: null,
			minutes: Number(minutes),
		})),
	];
}
