// People and the roles they hold. People belong to no area, so these functions take no scope:
// who may call them is decided by the commands and pages that do.

import type { Grant, Person, PersonRole } from '#lib/domain/access/principal.ts';
import type { LayerClass } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';

export interface PersonRow {
	id: string;
	login: string;
	name: string;
	isDemo: boolean;
	passwordHash: string | null;
	passwordChangedAt: Date | null;
	disabledAt: Date | null;
	principalVersion: number;
}

export interface NewPerson {
	id: string;
	login: string;
	name: string;
	isDemo: boolean;
	passwordHash: string | null;
	at: Date;
}

export interface NewGrant {
	id: string;
	personId: string;
	role: PersonRole;
	area: string;
	layers: readonly LayerClass[];
	at: Date;
	by: string;
}

export async function addPerson(db: Db, person: NewPerson): Promise<void> {
	await db
		.insertInto('person')
		.values({
			id: person.id,
			login: person.login,
			name: person.name,
			is_demo: person.isDemo,
			password_hash: person.passwordHash,
			password_changed_at: person.passwordHash === null ? null : person.at,
			created_at: person.at,
		})
		.execute();
}

/** Gives a role and makes every session of that person look again. */
export async function addGrant(db: Db, grant: NewGrant): Promise<void> {
	await db
		.insertInto('role_grant')
		.values({
			id: grant.id,
			person_id: grant.personId,
			role: grant.role,
			area: grant.area,
			layer_classes: [...grant.layers],
			granted_at: grant.at,
			granted_by: grant.by,
		})
		.execute();
	await newVersion(db, grant.personId);
}

/** From now on sessions that were opened under the old roles are asked about again. */
export async function newVersion(db: Db, personId: string): Promise<void> {
	await db
		.updateTable('person')
		.set((eb) => ({ principal_version: eb('principal_version', '+', 1) }))
		.where('id', '=', personId)
		.execute();
}

export async function personByLogin(db: Db, login: string): Promise<PersonRow | undefined> {
	const row = await db.selectFrom('person').selectAll().where('login', '=', login).executeTakeFirst();
	return row && fromRow(row);
}

export async function personById(db: Db, id: string): Promise<PersonRow | undefined> {
	const row = await db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst();
	return row && fromRow(row);
}

export interface HeldGrant extends Grant {
	id: string;
	grantedAt: Date;
	grantedBy: string;
}

/** The grants of a person with who gave them. */
export async function heldGrants(db: Db, personId: string): Promise<HeldGrant[]> {
	const rows = await db
		.selectFrom('role_grant')
		.selectAll()
		.where('person_id', '=', personId)
		.orderBy('granted_at')
		.orderBy('id')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		role: row.role,
		area: row.area,
		layers: row.layer_classes as LayerClass[],
		grantedAt: row.granted_at,
		grantedBy: row.granted_by,
	}));
}

/** Takes a role away; returns it, or undefined when the person did not hold it. */
export async function dropGrant(
	db: Db,
	personId: string,
	grantId: string,
): Promise<{ role: PersonRole; area: string } | undefined> {
	const row = await db
		.deleteFrom('role_grant')
		.where('id', '=', grantId)
		.where('person_id', '=', personId)
		.returning(['role', 'area'])
		.executeTakeFirst();
	if (row) await newVersion(db, personId);
	return row;
}

/** People who can still hand out access. */
export async function countHolders(db: Db, role: PersonRole): Promise<number> {
	const { count } = await db
		.selectFrom('role_grant')
		.innerJoin('person', 'person.id', 'role_grant.person_id')
		.select((eb) => eb.fn.count<string>('person.id').distinct().as('count'))
		.where('role_grant.role', '=', role)
		.where('person.disabled_at', 'is', null)
		.executeTakeFirstOrThrow();
	return Number(count);
}

export async function grantsOf(db: Db, personId: string): Promise<Grant[]> {
	const rows = await db
		.selectFrom('role_grant')
		.select(['role', 'area', 'layer_classes'])
		.where('person_id', '=', personId)
		.orderBy('granted_at')
		.orderBy('id')
		.execute();
	return rows.map(({ role, area, layer_classes }) => ({ role, area, layers: layer_classes as LayerClass[] }));
}

/** The principal a person is; undefined when there is none or it has been disabled. */
export async function principalOf(db: Db, personId: string): Promise<Person | undefined> {
	const person = await personById(db, personId);
	if (!person || person.disabledAt) return undefined;
	return {
		kind: 'person',
		id: person.id,
		name: person.name,
		isDemo: person.isDemo,
		grants: await grantsOf(db, personId),
	};
}

export interface ListedPerson {
	id: string;
	login: string;
	name: string;
	isDemo: boolean;
	disabledAt: Date | null;
	roles: string[];
	grants: { role: PersonRole; area: string }[];
	hasPassword: boolean;
	hasSecondFactor: boolean;
	seenAt: Date | null;
}

export async function listPeople(db: Db): Promise<ListedPerson[]> {
	const people = await db
		.selectFrom('person')
		.select((eb) => [
			'id',
			'login',
			'name',
			'is_demo',
			'disabled_at',
			'password_hash',
			eb
				.or([
					eb.exists(
						eb
							.selectFrom('totp')
							.select('totp.person_id')
							.whereRef('totp.person_id', '=', 'person.id')
							.where('totp.confirmed_at', 'is not', null),
					),
					eb.exists(
						eb.selectFrom('passkey').select('passkey.person_id').whereRef('passkey.person_id', '=', 'person.id'),
					),
				])
				.as('has_factor'),
			eb
				.selectFrom('session')
				.select((inner) => inner.fn.max('session.seen_at').as('seen'))
				.whereRef('session.person_id', '=', 'person.id')
				.as('seen_at'),
		])
		.orderBy('login')
		.execute();
	const grants = await db
		.selectFrom('role_grant')
		.select(['person_id', 'role', 'area'])
		.orderBy('granted_at')
		.execute();
	return people.map((person) => ({
		id: person.id,
		login: person.login,
		name: person.name,
		isDemo: person.is_demo,
		disabledAt: person.disabled_at,
		hasPassword: person.password_hash !== null,
		hasSecondFactor: Boolean(person.has_factor),
		seenAt: person.seen_at,
		grants: grants.filter(({ person_id }) => person_id === person.id).map(({ role, area }) => ({ role, area })),
		roles: grants.filter(({ person_id }) => person_id === person.id).map(({ role, area }) => `${role}@${area}`),
	}));
}

/** Disables or enables; ends nothing by itself. */
export async function setDisabled(db: Db, personId: string, at: Date | null): Promise<void> {
	await db.updateTable('person').set({ disabled_at: at }).where('id', '=', personId).execute();
	await newVersion(db, personId);
}

export async function setPassword(db: Db, personId: string, hash: string, at: Date): Promise<void> {
	await db
		.updateTable('person')
		.set({ password_hash: hash, password_changed_at: at })
		.where('id', '=', personId)
		.execute();
}

export async function countPeople(db: Db, which: { demo?: true; enabled?: true } = {}): Promise<number> {
	const { count } = await db
		.selectFrom('person')
		.select((eb) => eb.fn.countAll<string>().as('count'))
		.$if(which.demo === true, (query) => query.where('is_demo', '=', true))
		.$if(which.enabled === true, (query) => query.where('disabled_at', 'is', null))
		.executeTakeFirstOrThrow();
	return Number(count);
}

function fromRow(row: {
	id: string;
	login: string;
	name: string;
	is_demo: boolean;
	password_hash: string | null;
	password_changed_at: Date | null;
	disabled_at: Date | null;
	principal_version: number;
}): PersonRow {
	return {
		id: row.id,
		login: row.login,
		name: row.name,
		isDemo: row.is_demo,
		passwordHash: row.password_hash,
		passwordChangedAt: row.password_changed_at,
		disabledAt: row.disabled_at,
		principalVersion: row.principal_version,
	};
}
