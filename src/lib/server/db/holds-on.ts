// Which edition of an area holds on a day. The one without an end need not be it: it may begin later.

import { sql, type RawBuilder } from 'kysely';

/** @param table - as the query calls it */
export function holdsOn(table: string, on: string): RawBuilder<boolean> {
	const [from, to] = [sql.ref(`${table}.valid_from`), sql.ref(`${table}.valid_to`)];
	return sql<boolean>`(${from} <= ${on}::date and (${to} is null or ${to} > ${on}::date))`;
}
