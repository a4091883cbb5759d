// Reading behind the second wall: every question runs in a transaction of its own as the role `sitewatch_reader`, whose
// rows the database limits to the scope (migration 0011). On a server only; the embedded engine serves one program on one
// machine and has the first wall, the condition in every repository, alone.

import { Kysely, PostgresDialect, sql, type PostgresPool } from 'kysely';
import type { Tables } from '#db/schema.ts';
import { isAreaCode, type Scope } from '#lib/domain/access/scope.ts';
import { isUuid } from '../http/uuid.ts';
import type { Db } from './connection.ts';

/** Scopes kept; a deployment has a handful of areas. */
const KEPT = 200;

export function scopedReads(read: Db, pool: PostgresPool): (scope: Scope) => Db {
	const known = new Map<string, Db>();
	return (scope) => {
		if (scope.kind === 'system') return read;
		const opening = openingOf(scope);
		let db = known.get(opening);
		if (!db) {
			db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: walled(pool, opening) }) });
			known.set(opening, db);
			if (known.size > KEPT) known.delete(known.keys().next().value ?? '');
		}
		return db;
	};
}

/** Whether this database has the second wall, and we may step behind it. */
export async function hasSecondWall(read: Db): Promise<boolean> {
	const { rows } = await sql<{ may: boolean }>`
		select coalesce((
			select pg_has_role(current_user, oid, 'member') from pg_roles where rolname = 'sitewatch_reader'
		), false) as may`.execute(read);
	return rows[0]?.may === true;
}

/** Only digits, dashes and commas get into the text: what is no code and no id reaches nothing. */
function openingOf({ areas, siteIds }: Extract<Scope, { kind: 'areas' }>): string {
	const codes = areas.filter(isAreaCode).sort().join();
	const sites = siteIds ? siteIds.filter(isUuid).sort().join() : '*';
	return (
		`begin read only; set local role sitewatch_reader; set local sitewatch.areas = '${codes}'; ` +
		`set local sitewatch.sites = '${sites}'`
	);
}

function walled(pool: PostgresPool, opening: string): PostgresPool {
	return {
		async connect() {
			const client = await pool.connect();
			try {
				await client.query(opening, []);
			} catch (error) {
				client.release();
				throw error;
			}
			return {
				query: client.query.bind(client),
				release() {
					const away = () => client.release();
					client.query('rollback', []).then(away, away);
				},
			} as typeof client;
		},
		end: () => Promise.resolve(),
	};
}
