// What vendors call devices and how their frames are read, and what was learned of devices.

import type { Flat } from '#lib/domain/device/flats.ts';
import type { Db } from '../db/connection.ts';

export interface MappingRow {
	protocol: string;
	/** The vendor's name; `*` is everything of the protocol. */
	externalId: string;
	deviceId: string | null;
	settings: unknown;
	reason: string;
	changedAt: Date;
	changedBy: string;
}

export async function deviceMappings(db: Db): Promise<MappingRow[]> {
	const rows = await db
		.selectFrom('device_mapping')
		.selectAll()
		.orderBy('protocol')
		.orderBy('external_id')
		.limit(100_000)
		.execute();
	return rows.map((row) => ({
		protocol: row.protocol,
		externalId: row.external_id,
		deviceId: row.device_id,
		settings: row.settings,
		reason: row.reason,
		changedAt: row.changed_at,
		changedBy: row.changed_by,
	}));
}

export async function saveDeviceMapping(db: Db, row: MappingRow): Promise<void> {
	const values = {
		device_id: row.deviceId,
		settings: JSON.stringify(row.settings),
		reason: row.reason,
		changed_at: row.changedAt,
		changed_by: row.changedBy,
	};
	await db
		.insertInto('device_mapping')
		.values({ protocol: row.protocol, external_id: row.externalId, ...values })
		.onConflict((conflict) => conflict.columns(['protocol', 'external_id']).doUpdateSet(values))
		.execute();
}

export async function isDevice(db: Db, id: string): Promise<boolean> {
	return (await db.selectFrom('device').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

export interface HabitRow {
	deviceId: string;
	intervalS: number | null;
	skewS: number | null;
	/** Values that have not moved for a while. */
	flats: Readonly<Record<string, Flat>>;
}

export async function saveHabits(db: Db, habits: readonly HabitRow[], at: Date): Promise<void> {
	if (habits.length === 0) return;
	const sorted = [...habits].sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
	await db
		.insertInto('device_habit')
		.values(
			sorted.map(({ deviceId, intervalS, skewS, flats }) => ({
				device_id: deviceId,
				interval_s: intervalS,
				skew_s: skewS,
				learned_at: at,
				flats: JSON.stringify(flats),
			})),
		)
		.onConflict((conflict) =>
			conflict.column('device_id').doUpdateSet((e) => ({
				interval_s: e.fn.coalesce('excluded.interval_s', 'device_habit.interval_s'),
				skew_s: e.ref('excluded.skew_s'),
				learned_at: e.ref('excluded.learned_at'),
				flats: e.ref('excluded.flats'),
			})),
		)
		.execute();
}
