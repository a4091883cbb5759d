// A row as it stands, as JSON: every column by its name, geometry as GeoJSON with all its digits, so that it can be put
// back exactly. And which columns of the register hold geometry.

import { sql, type RawBuilder } from 'kysely';
import { asExactGeoJson } from './geo.ts';

/** Tables whose rows have a history, children before what they belong to. */
export const HISTORIC = [
	'device_binding',
	'device',
	'high_formwork',
	'climbing_scaffold',
	'monitor_point',
	'pit_side',
	'pit',
	'installation',
	'machine',
	'site',
	'firm',
	'management_grid',
	'town',
] as const;
export type Historic = (typeof HISTORIC)[number];

const GEOMETRY: Record<Historic, readonly string[]> = {
	device_binding: [],
	device: [],
	high_formwork: ['location'],
	climbing_scaffold: ['location'],
	monitor_point: ['location'],
	pit_side: ['line'],
	pit: ['boundary'],
	installation: ['location'],
	machine: [],
	site: ['boundary', 'location'],
	firm: [],
	management_grid: ['boundary'],
	town: ['boundary', 'seat'],
};

/** The column a row is known by. */
export const keyOf = (table: Historic): 'code' | 'id' => (table === 'town' ? 'code' : 'id');

/** A text as the key of a table. */
export function asKey(table: Historic, text: RawBuilder<unknown>): RawBuilder<unknown> {
	return table === 'town' || table === 'device' ? text : sql`(${text})::uuid`;
}

/** @param alias - of the table in the statement */
export function imageOf(table: Historic, alias: string): RawBuilder<unknown> {
	const row = sql.ref(alias);
	if (GEOMETRY[table].length === 0) return sql`to_jsonb(${row})`;
	const parts = GEOMETRY[table].map((column) => sql`${sql.val(column)}::text, ${asExactGeoJson(`${alias}.${column}`)}`);
	return sql`(to_jsonb(${row}) || jsonb_build_object(${sql.join(parts)}))`;
}
