// What those are called who have signed something: an account by its person's name, everybody else as they signed.

import type { Db } from '../db/connection.ts';

const PERSON = /^person:([0-9a-f-]{36})$/;

export async function actorNames(db: Db, actors: readonly (string | null)[]): Promise<(actor: string) => string> {
	const ids = [...new Set(actors.flatMap((actor) => PERSON.exec(actor ?? '')?.[1] ?? []))];
	if (ids.length === 0) return (actor) => actor;
	const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute();
	const names = new Map(rows.map(({ id, name }) => [`person:${id}`, name]));
	return (actor) => names.get(actor) ?? actor;
}
