// The one place that spells PostGIS. Positions are WGS 84; distances are metres on the ellipsoid. What goes in is
// checked first: the embedded engine swallows the errors that a crossed or unclosed polygon causes.

import type * as GeoJSON from 'geojson';
import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely';
import type { Geometry } from '#db/schema.ts';
import type { Bounds, LngLat } from '#lib/domain/geo.ts';
import { checkGeometry } from '#lib/domain/geometry/check-geometry.ts';
import { Fault } from '../errors.ts';

/** Column names may carry their table: `site.location`. */
type Column = string;

/** Digits after the point in degrees: seven are a centimetre. */
const DIGITS = 7;

/** A geometry column as GeoJSON. Name the kind it holds: `asGeoJson<GeoJSON.MultiPolygon>('site.boundary')`. */
export function asGeoJson<G extends GeoJSON.Geometry = GeoJSON.Geometry>(column: Column): RawBuilder<G> {
	return sql<G>`st_asgeojson(${sql.ref(column)}, ${DIGITS}::int)::json`;
}

/** As `asGeoJson`, for a column that may be empty. */
export function asGeoJsonOrNull<G extends GeoJSON.Geometry = GeoJSON.Geometry>(column: Column): RawBuilder<G | null> {
	return sql<G | null>`st_asgeojson(${sql.ref(column)}, ${DIGITS}::int)::json`;
}

/** A column with every digit it has, for putting a row back exactly as it was; null where it is empty. */
export function asExactGeoJson(column: Column): RawBuilder<GeoJSON.Geometry | null> {
	return sql<GeoJSON.Geometry | null>`st_asgeojson(${sql.ref(column)}, 15::int)::jsonb`;
}

/** A column to the millimetre, as imports write it and compare with it; null where it is empty. */
export function asMillimetreGeoJson(column: Column): RawBuilder<GeoJSON.Geometry | null> {
	return sql<GeoJSON.Geometry | null>`st_asgeojson(${sql.ref(column)}, 8::int)::jsonb`;
}

/** A point column as `[longitude, latitude]`. */
export function asLngLat(column: Column): RawBuilder<LngLat> {
	return sql<LngLat>`json_build_array(st_x(${sql.ref(column)}), st_y(${sql.ref(column)}))`;
}

/** As `asLngLat`, for a column that may be empty. */
export function asLngLatOrNull(column: Column): RawBuilder<LngLat | null> {
	return sql<LngLat | null>`case when ${sql.ref(column)} is not null
		then json_build_array(st_x(${sql.ref(column)}), st_y(${sql.ref(column)})) end`;
}

/** Area of a column in square metres. */
export const areaM2 = (column: Column): RawBuilder<number> => sql<number>`st_area(${sql.ref(column)}::geography)`;

/** Length of a line column in metres. */
export const lengthM = (column: Column): RawBuilder<number> => sql<number>`st_length(${sql.ref(column)}::geography)`;

/** A geometry to write, as it is. @throws Fault `bad-input` for one that must not be stored */
export function fromGeoJson(geometry: GeoJSON.Geometry): RawBuilder<Geometry> {
	return fromGeoText(sql.val(toGeoText(geometry)));
}

/** A polygon to write into a MultiPolygon column. @throws Fault `bad-input` for one that must not be stored */
export function fromPolygons(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon): RawBuilder<Geometry> {
	return fromGeoJson(asMultiPolygon(geometry));
}

export function fromLngLat([lng, lat]: LngLat): RawBuilder<Geometry> {
	const check = checkGeometry({ type: 'Point', coordinates: [lng, lat] });
	if (!check.ok) throw refused('position', check);
	return sql<Geometry>`st_setsrid(st_makepoint(${lng}::float8, ${lat}::float8), 4326)`;
}

export function asMultiPolygon(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon): GeoJSON.MultiPolygon {
	return geometry.type === 'MultiPolygon' ? geometry : { type: 'MultiPolygon', coordinates: [geometry.coordinates] };
}

declare const geoText: unique symbol;
/** A checked geometry on its way into the database, for arrays of many rows (`unnest`). */
export type GeoText = string & { readonly [geoText]: true };

/** @throws Fault `bad-input` for one that must not be stored */
export function toGeoText(geometry: GeoJSON.Geometry): GeoText {
	const check = checkGeometry(geometry);
	if (!check.ok) throw refused(geometry.type, check);
	return JSON.stringify(geometry) as GeoText;
}

/** Reads what `toGeoText` has written; `text` is a bound value or a column of `unnest`. */
export function fromGeoText(text: Expression<GeoText | null>): RawBuilder<Geometry> {
	return sql<Geometry>`st_setsrid(st_geomfromgeojson(${text}::text), 4326)`;
}

/** Geometry out of a column of JSON that was checked before it was stored; null where there is none. */
export function fromCheckedJson(json: RawBuilder<unknown>): RawBuilder<Geometry | null> {
	return sql<Geometry | null>`st_setsrid(st_geomfromgeojson((${json})::text), 4326)`;
}

/** A point inside an area column, for asking where it is. */
export function asPointInside(column: Column): RawBuilder<LngLat> {
	return sql<LngLat>`json_build_array(st_x(st_centroid(${sql.ref(column)})), st_y(st_centroid(${sql.ref(column)})))`;
}

/** Whether a column lies within `radiusM` metres of a point; the limit counts as within. */
export function isWithinM(column: Column, center: LngLat, radiusM: number): RawBuilder<SqlBool> {
	return sql<SqlBool>`st_dwithin(${sql.ref(column)}::geography, ${fromLngLat(center)}::geography, ${radiusM}::float8)`;
}

/** Metres between a column and a point. */
export function distanceToM(column: Column, center: LngLat): RawBuilder<number> {
	return sql<number>`st_distance(${sql.ref(column)}::geography, ${fromLngLat(center)}::geography)`;
}

/** Whether the boxes of a column and of `bounds` touch; uses the column's index. */
export function intersectsBounds(column: Column, [west, south, east, north]: Bounds): RawBuilder<SqlBool> {
	return sql<SqlBool>`${sql.ref(column)} && st_makeenvelope(
		${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)`;
}

/** Whether an area column covers a point; its edge counts as covered. */
export function covers(column: Column, at: LngLat): RawBuilder<SqlBool> {
	return sql<SqlBool>`st_covers(${sql.ref(column)}, ${fromLngLat(at)})`;
}

/** Whether one column covers another, of a joined table. */
export function coversColumn(area: Column, inside: Column): RawBuilder<SqlBool> {
	return sql<SqlBool>`st_covers(${sql.ref(area)}, ${sql.ref(inside)})`;
}

/** West, south, east, north of all rows of a query; null when there are none. */
export function boundsOf(column: Column): RawBuilder<Bounds | null> {
	const box = sql`st_extent(${sql.ref(column)})`;
	return sql<Bounds | null>`case when ${box} is not null then
		json_build_array(st_xmin(${box}), st_ymin(${box}), st_xmax(${box}), st_ymax(${box})) end`;
}

function refused(subject: string, { reason, at }: { reason: string; at: LngLat | null }): Fault {
	return new Fault('bad-input', subject, `几何图形无效：${reason} · The geometry cannot be stored: ${reason}.`, {
		details: [{ reason, at }],
	});
}
