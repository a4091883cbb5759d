// Many rows in few statements: as JSON, read by the database with the table's own types.

import type * as GeoJSON from 'geojson';
import { sql } from 'kysely';
import type { Tables } from '#db/schema.ts';
import type { Db } from './connection.ts';
import { toGeoText } from './geo.ts';

/** Rows per statement: each stays well below its deadline, and its text below a few megabytes. */
const CHUNK = 1000;

/**
 * Inserts rows that all have the columns of the first one; the others take their defaults. Geometries are given as
 * GeoJSON and checked here.
 *
 * @throws Fault `bad-input` for a geometry that must not be stored
 */
export async function insertRows(db: Db, table: keyof Tables, rows: readonly Record<string, unknown>[]): Promise<void> {
	const columns = sql.join(Object.keys(rows[0] ?? {}).map((column) => sql.ref(column)));
	for (let from = 0; from < rows.length; from += CHUNK) {
		const json = JSON.stringify(rows.slice(from, from + CHUNK), (_, value: unknown) =>
			isGeometry(value) ? toGeoText(value) : value,
		);
		await sql`insert into ${sql.table(table)} (${columns})
			select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${json}::json)`.execute(db);
	}
}

function isGeometry(value: unknown): value is GeoJSON.Geometry {
	return typeof value === 'object' && value !== null && 'type' in value && 'coordinates' in value;
}
