// The roster: who is on duty in which role, where and when; and who could be.

import { sql } from 'kysely';
import type { DutyRole, Shift } from '#lib/domain/alarm/escalation.ts';
import type { PersonRole } from '#lib/domain/access/principal.ts';
import type { Db } from '../db/connection.ts';

export interface ListedShift extends Shift {
	id: string;
}

/** Shifts that touch a span of time, by role and start. */
export async function shiftsBetween(db: Db, from: Date, to: Date): Promise<ListedShift[]> {
	const rows = await db
		.selectFrom('duty_shift')
		.innerJoin('person', 'person.id', 'duty_shift.person_id')
		.select([
			'duty_shift.id',
			'duty_shift.role',
			'duty_shift.area',
			'duty_shift.person_id',
			'person.name',
			'duty_shift.starts_at',
			'duty_shift.ends_at',
		])
		.where('duty_shift.ends_at', '>', from)
		.where('duty_shift.starts_at', '<', to)
		.where('person.disabled_at', 'is', null)
		.orderBy('duty_shift.role')
		.orderBy('duty_shift.starts_at')
		.execute();
	return rows.map(({ id, role, area, person_id, name, starts_at, ends_at }) => ({
		...{ id, role, area, personId: person_id, personName: name },
		...{ startsMs: starts_at.getTime(), endsMs: ends_at.getTime() },
	}));
}

export async function addShift(
	tx: Db,
	shift: { id: string; role: DutyRole; area: string; personId: string; from: Date; to: Date; by: string; at: Date },
): Promise<void> {
	await tx
		.insertInto('duty_shift')
		.values({
			...{ id: shift.id, role: shift.role, area: shift.area, person_id: shift.personId },
			...{ starts_at: shift.from, ends_at: shift.to, created_by: shift.by, created_at: shift.at },
		})
		.execute();
}

export async function removeShift(tx: Db, id: string): Promise<boolean> {
	const { numDeletedRows } = await tx.deleteFrom('duty_shift').where('id', '=', id).executeTakeFirst();
	return numDeletedRows > 0n;
}

/** People who hold one of some roles, for choosing one. */
export async function peopleWith(
	db: Db,
	roles: readonly PersonRole[],
): Promise<{ id: string; name: string; role: string }[]> {
	return db
		.selectFrom('person')
		.innerJoin('role_grant', 'role_grant.person_id', 'person.id')
		.select(['person.id', 'person.name', sql<string>`min(role_grant.role)`.as('role')])
		.where('person.disabled_at', 'is', null)
		.where('role_grant.role', 'in', [...roles])
		.groupBy(['person.id', 'person.name'])
		.orderBy('person.name')
		.execute();
}
