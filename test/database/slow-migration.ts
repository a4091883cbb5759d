// The statements of a migration of the tests: a table made, filled, widened, rewritten and indexed.

import { sql } from 'kysely';

export const MOVES = [
	sql`create table moved (id integer primary key, old text)`,
	sql`insert into moved select n, 'row ' || n from generate_series(1, 5) as n`,
	sql`alter table moved add column fresh text`,
	sql`update moved set fresh = upper(old)`,
	sql`create index moved_by_fresh on moved (fresh)`,
];
