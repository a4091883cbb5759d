// Rain and water as measured: stations with their readings, grids with their valid time.

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { GridView } from '#lib/contract/flood.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import type { HeightDatum, StationReading } from '#lib/domain/flood/station.ts';
import type { Db } from '../db/connection.ts';
import { asLngLat } from '../db/geo.ts';
import { grouped } from '#lib/domain/grouped.ts';

export interface Station {
	id: string;
	code: string;
	kind: 'rain' | 'river' | 'waterlogging';
	name: string;
	at: LngLat;
	datum: HeightDatum | null;
	offsetTo1985M: number | null;
	warningM: number | null;
	guaranteedM: number | null;
	expectedIntervalS: number;
}

export async function stations(db: Db): Promise<Station[]> {
	const rows = await db
		.selectFrom('flood_station')
		.selectAll()
		.select(asLngLat('flood_station.location').as('at'))
		.orderBy('code')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		code: row.code,
		kind: row.kind,
		name: row.name,
		at: row.at,
		datum: row.height_datum,
		offsetTo1985M: row.offset_to_1985_m,
		warningM: row.warning_m,
		guaranteedM: row.guaranteed_m,
		expectedIntervalS: row.expected_interval_s,
	}));
}

/** Readings of the last `hours` before a moment, by station, in order of time. */
export async function readingsBefore(db: Db, at: Date, hours: number): Promise<Map<string, StationReading[]>> {
	const rows = await db
		.selectFrom('flood_station_reading')
		.select(['station_id', 'observed_at', 'period_s', 'value'])
		.where('observed_at', '<=', at)
		.where('observed_at', '>', new Date(+at - hours * 3_600_000))
		.orderBy('observed_at')
		.execute();
	const byStation = grouped(rows, ({ station_id }) => station_id);
	return new Map(
		[...byStation].map(([id, own]) => [
			id,
			own.map(({ observed_at, period_s, value }) => ({ atMs: +observed_at, periodS: period_s, value })),
		]),
	);
}

/** Puts readings; one that is known is put again with the newer value, as gauges correct themselves. */
export async function putReadings(
	tx: Db,
	rows: readonly { stationId: string; at: Date; periodS: number; value: number }[],
	receivedAt: Date,
): Promise<void> {
	if (rows.length === 0) return;
	await sql`
		insert into flood_station_reading (station_id, observed_at, period_s, value, received_at)
		select distinct on (station, at) station, at, period, value, ${receivedAt}::timestamptz
		from unnest(
			${rows.map(({ stationId }) => stationId)}::uuid[],
			${rows.map(({ at }) => at.toISOString())}::timestamptz[],
			${rows.map(({ periodS }) => periodS)}::integer[],
			${rows.map(({ value }) => value)}::float8[]
		) as new (station, at, period, value)
		on conflict (station_id, observed_at)
		do update set value = excluded.value, period_s = excluded.period_s, received_at = excluded.received_at`.execute(tx);
}

export interface RainGrid extends Omit<GridView, 'id'> {
	/** Millimetres, rows from north to south; NaN where nothing is known. */
	mm: Float32Array;
}

export async function putGrid(tx: Db, grid: RainGrid): Promise<string> {
	const values = {
		is_forecast: grid.isForecast,
		period_s: grid.periodS,
		west: grid.bounds[0],
		south: grid.bounds[1],
		east: grid.bounds[2],
		north: grid.bounds[3],
		width: grid.width,
		height: grid.height,
		mm: Buffer.from(grid.mm.buffer, grid.mm.byteOffset, grid.mm.byteLength),
		source_name: grid.sourceName,
	};
	const key = { product: grid.product, issued_at: new Date(grid.issuedAt), valid_at: new Date(grid.validAt) };
	const { id } = await tx
		.insertInto('rain_grid')
		.values({ id: randomUUID(), ...key, ...values })
		.onConflict((conflict) => conflict.columns(['product', 'issued_at', 'valid_at']).doUpdateSet(values))
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/** Grids whose valid time lies in a span, by time; of one product and time only the newest issue. */
export async function gridsBetween(
	db: Db,
	from: Date,
	to: Date,
	{ isForecast }: { isForecast?: boolean } = {},
): Promise<GridView[]> {
	const rows = await db
		.selectFrom('rain_grid')
		.distinctOn(['product', 'valid_at'])
		.select(['id', 'product', 'is_forecast', 'issued_at', 'valid_at', 'period_s', 'west', 'south', 'east', 'north'])
		.select(['width', 'height', 'source_name'])
		.where('valid_at', '>=', from)
		.where('valid_at', '<=', to)
		.$if(isForecast !== undefined, (query) => query.where('is_forecast', '=', isForecast!))
		.orderBy('product')
		.orderBy('valid_at')
		.orderBy('issued_at', 'desc')
		.limit(500)
		.execute();
	return rows.map((row) => ({
		id: row.id,
		product: row.product,
		isForecast: row.is_forecast,
		issuedAt: row.issued_at.toISOString(),
		validAt: row.valid_at.toISOString(),
		periodS: row.period_s,
		bounds: [row.west, row.south, row.east, row.north],
		width: row.width,
		height: row.height,
		sourceName: row.source_name,
	}));
}

export async function gridMm(db: Db, id: string): Promise<Float32Array | undefined> {
	const row = await db.selectFrom('rain_grid').select('mm').where('id', '=', id).executeTakeFirst();
	if (!row) return undefined;
	// A buffer of the driver may begin anywhere; floats must not.
	const bytes = Uint8Array.from(row.mm);
	return new Float32Array(bytes.buffer, 0, bytes.byteLength >> 2);
}
