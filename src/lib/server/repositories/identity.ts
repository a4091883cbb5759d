// Identities of single sign-on that an administrator has bound to a person: (issuer, subject) and nothing else.

import type { Db } from '../db/connection.ts';

export interface Identity {
	issuer: string;
	subject: string;
}

export async function bindIdentity(
	db: Db,
	identity: Identity & { personId: string; at: Date; by: string },
): Promise<boolean> {
	const rows = await db
		.insertInto('person_identity')
		.values({
			issuer: identity.issuer,
			subject: identity.subject,
			person_id: identity.personId,
			bound_at: identity.at,
			bound_by: identity.by,
		})
		.onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
		.returning('person_id')
		.execute();
	return rows.length > 0;
}

export async function unbindIdentity(db: Db, personId: string, { issuer, subject }: Identity): Promise<boolean> {
	const rows = await db
		.deleteFrom('person_identity')
		.where('issuer', '=', issuer)
		.where('subject', '=', subject)
		.where('person_id', '=', personId)
		.returning('person_id')
		.execute();
	return rows.length > 0;
}

export async function personOfIdentity(db: Db, { issuer, subject }: Identity): Promise<string | undefined> {
	const row = await db
		.selectFrom('person_identity')
		.select('person_id')
		.where('issuer', '=', issuer)
		.where('subject', '=', subject)
		.executeTakeFirst();
	return row?.person_id;
}

export async function identitiesOf(db: Db, personId: string): Promise<(Identity & { boundAt: Date })[]> {
	const rows = await db
		.selectFrom('person_identity')
		.select(['issuer', 'subject', 'bound_at'])
		.where('person_id', '=', personId)
		.orderBy('bound_at')
		.execute();
	return rows.map(({ issuer, subject, bound_at }) => ({ issuer, subject, boundAt: bound_at }));
}
