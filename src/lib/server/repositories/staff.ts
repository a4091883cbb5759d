// Officers, experts, cars and places to start from, as the bureau keeps them; and what was changed in them.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type {
	BaseValues,
	ExpertValues,
	OfficerValues,
	StaffKind,
	StaffRow,
	StaffValues,
	VehicleValues,
} from '#lib/contract/staff.ts';
import type { Db } from '../db/connection.ts';
import { asLngLat, fromLngLat } from '../db/geo.ts';

/** Names a state, so that nobody overwrites what somebody else has changed meanwhile. */
export function markOf(values: StaffValues): string {
	const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
	return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

const row = <V extends StaffValues>(id: string, values: V): StaffRow<V> => ({ id, values, mark: markOf(values) });

type Avoided = { firmId: string; reason: string }[];

const avoidsOf = (table: 'officer_avoidance' | 'expert_avoidance', key: 'officer_id' | 'expert_id', owner: string) =>
	sql<Avoided>`coalesce((select jsonb_agg(jsonb_build_object('firmId', firm_id, 'reason', reason) order by firm_id::text)
		from ${sql.table(table)} where ${sql.ref(key)} = ${sql.ref(owner)}), '[]'::jsonb)`;

export async function officerRows(db: Db, id?: string): Promise<StaffRow<OfficerValues>[]> {
	const rows = await db
		.selectFrom('officer')
		.select(['id', 'name', 'login', 'certificate_no', 'certificate_until', 'skills', 'is_active'])
		.select(avoidsOf('officer_avoidance', 'officer_id', 'officer.id').as('avoids'))
		.$if(id !== undefined, (query) => query.where('id', '=', id!))
		.orderBy('is_active', 'desc')
		.orderBy('name')
		.execute();
	return rows.map((one) =>
		row(one.id, {
			...{ name: one.name, login: one.login, certificateNo: one.certificate_no },
			...{ certificateUntil: one.certificate_until, skills: [...one.skills].sort(), isActive: one.is_active },
			avoids: one.avoids,
		}),
	);
}

export async function expertRows(db: Db, id?: string): Promise<StaffRow<ExpertValues>[]> {
	const rows = await db
		.selectFrom('expert')
		.select(['id', 'name', 'disciplines', 'is_senior', 'joined_on', 'firm_id', 'is_active'])
		.select(avoidsOf('expert_avoidance', 'expert_id', 'expert.id').as('avoids'))
		.$if(id !== undefined, (query) => query.where('id', '=', id!))
		.orderBy('is_active', 'desc')
		.orderBy('name')
		.execute();
	return rows.map((one) =>
		row(one.id, {
			...{ name: one.name, disciplines: [...one.disciplines].sort(), isSenior: one.is_senior },
			...{ joinedOn: one.joined_on, firmId: one.firm_id, isActive: one.is_active, avoids: one.avoids },
		}),
	);
}

export async function vehicleRows(db: Db, id?: string): Promise<StaffRow<VehicleValues>[]> {
	const rows = await db
		.selectFrom('vehicle')
		.select(['id', 'plate', 'seats', 'is_active'])
		.$if(id !== undefined, (query) => query.where('id', '=', id!))
		.orderBy('is_active', 'desc')
		.orderBy('plate')
		.execute();
	return rows.map(({ id, plate, seats, is_active }) => row(id, { name: plate, seats, isActive: is_active }));
}

export async function baseRows(db: Db, id?: string): Promise<StaffRow<BaseValues>[]> {
	const rows = await db
		.selectFrom('patrol_base')
		.select(['id', 'name', 'is_default', asLngLat('location').as('at')])
		.$if(id !== undefined, (query) => query.where('id', '=', id!))
		.orderBy('is_default', 'desc')
		.orderBy('name')
		.execute();
	return rows.map(({ id, name, at, is_default }) => row(id, { name, at, isDefault: is_default }));
}

export async function staffRow(db: Db, kind: StaffKind, id: string): Promise<StaffRow<StaffValues> | undefined> {
	const read = { officer: officerRows, expert: expertRows, vehicle: vehicleRows, base: baseRows }[kind];
	return (await read(db, id))[0];
}

export async function putOfficer(db: Db, id: string, values: OfficerValues, source_id: string): Promise<void> {
	const { name, login, certificateNo, certificateUntil, skills, isActive, avoids } = values;
	const columns = {
		...{ name, login, certificate_no: certificateNo, certificate_until: certificateUntil },
		...{ skills, is_active: isActive, source_id },
	};
	await db
		.insertInto('officer')
		.values({ id, ...columns })
		.onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
		.execute();
	await db.deleteFrom('officer_avoidance').where('officer_id', '=', id).execute();
	if (avoids.length)
		await db
			.insertInto('officer_avoidance')
			.values(avoids.map(({ firmId, reason }) => ({ officer_id: id, firm_id: firmId, reason })))
			.execute();
}

export async function putExpert(db: Db, id: string, values: ExpertValues, source_id: string): Promise<void> {
	const { name, disciplines, isSenior, joinedOn, firmId, isActive, avoids } = values;
	const columns = {
		...{ name, disciplines, is_senior: isSenior, joined_on: joinedOn },
		...{ firm_id: firmId, is_active: isActive, source_id },
	};
	await db
		.insertInto('expert')
		.values({ id, ...columns })
		.onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
		.execute();
	await db.deleteFrom('expert_avoidance').where('expert_id', '=', id).execute();
	if (avoids.length)
		await db
			.insertInto('expert_avoidance')
			.values(avoids.map(({ firmId: firm_id, reason }) => ({ expert_id: id, firm_id, reason })))
			.execute();
}

export async function putVehicle(db: Db, id: string, values: VehicleValues, source_id: string): Promise<void> {
	const columns = { plate: values.name, seats: values.seats, is_active: values.isActive, source_id };
	await db
		.insertInto('vehicle')
		.values({ id, ...columns })
		.onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
		.execute();
}

/** A base that becomes the default takes it from the one that was. */
export async function putBase(db: Db, id: string, { name, at, isDefault }: BaseValues, source_id: string) {
	if (isDefault) await db.updateTable('patrol_base').set({ is_default: false }).where('id', '!=', id).execute();
	const columns = { name, location: fromLngLat(at), is_default: isDefault, source_id };
	await db
		.insertInto('patrol_base')
		.values({ id, ...columns })
		.onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
		.execute();
}

/** Takes out what was added by mistake; people and cars that plans know of cannot be taken out, only put aside. */
export async function removeStaff(db: Db, kind: StaffKind, id: string): Promise<void> {
	if (kind === 'officer') await db.deleteFrom('officer_avoidance').where('officer_id', '=', id).execute();
	if (kind === 'expert') await db.deleteFrom('expert_avoidance').where('expert_id', '=', id).execute();
	const table = ({ officer: 'officer', expert: 'expert', vehicle: 'vehicle', base: 'patrol_base' } as const)[kind];
	await db.deleteFrom(table).where('id', '=', id).execute();
}

export async function firmNames(db: Db): Promise<{ id: string; name: string }[]> {
	return db.selectFrom('firm').select(['id', 'name']).orderBy('name').execute();
}

/** Whether visits name an officer: then the name stays, for the ledger knows them by it. */
export async function isNamedInVisits(db: Db, name: string): Promise<boolean> {
	const { rows } = await sql<{ known: boolean }>`
		select exists (select 1 from visit where ${name}::text = any(supervisors)) as known`.execute(db);
	return rows[0]!.known;
}
