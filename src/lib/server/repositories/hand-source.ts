// Where rows come from that people enter themselves, on patrol or at the desk.

import { randomUUID } from 'node:crypto';
import type { Db } from '../db/connection.ts';

/** What a patrol's records come from. A plan is often named by its day, which is not said twice. */
export const patrolRecords = ({ on, name }: { on: string; name: string }): string =>
	`巡查记录 ${name.includes(on) ? name : `${on} ${name}`}`;

export async function addSource(db: Db, name: string, at: Date, by: string): Promise<string> {
	const id = randomUUID();
	await db
		.insertInto('source')
		.values({ id, kind: 'hand', subject: 'patrol', name, datum: 'wgs84', created_at: at, created_by: by })
		.execute();
	return id;
}
