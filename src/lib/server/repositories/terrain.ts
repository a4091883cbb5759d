// Terrain models that were brought in.

import { gunzipSync, gzipSync } from 'node:zlib';
import type { TerrainView } from '#lib/contract/flood-source.ts';
import type { Db } from '../db/connection.ts';

export async function terrains(db: Db): Promise<TerrainView[]> {
	const rows = await db
		.selectFrom('terrain')
		.select(['id', 'name', 'height_datum', 'crs', 'west', 'south', 'east', 'north', 'width', 'height', 'cell_m'])
		.select(['known_share', 'lowest_m', 'highest_m', 'taken_at', 'taken_by'])
		.orderBy('taken_at', 'desc')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		name: row.name,
		datum: row.height_datum,
		crs: row.crs,
		bounds: [row.west, row.south, row.east, row.north],
		width: row.width,
		height: row.height,
		cellM: row.cell_m,
		knownShare: row.known_share,
		lowestM: row.lowest_m,
		highestM: row.highest_m,
		takenAt: row.taken_at.toISOString(),
		takenBy: row.taken_by,
	}));
}

export type NewTerrain = Omit<TerrainView, 'takenAt'> & { takenAt: Date; groundM: Float32Array; sha256: string };

/** @returns false when this very file is kept already */
export async function putTerrain(tx: Db, terrain: NewTerrain): Promise<boolean> {
	const [west, south, east, north] = terrain.bounds;
	const { groundM } = terrain;
	const { numInsertedOrUpdatedRows } = await tx
		.insertInto('terrain')
		.values({
			...{ id: terrain.id, name: terrain.name, height_datum: terrain.datum, crs: terrain.crs },
			...{ west, south, east, north, width: terrain.width, height: terrain.height, cell_m: terrain.cellM },
			...{ known_share: terrain.knownShare, lowest_m: terrain.lowestM, highest_m: terrain.highestM },
			ground: gzipSync(Buffer.from(groundM.buffer, groundM.byteOffset, groundM.byteLength), { level: 6 }),
			...{ sha256: terrain.sha256, taken_at: terrain.takenAt, taken_by: terrain.takenBy },
		})
		.onConflict((conflict) => conflict.column('sha256').doNothing())
		.executeTakeFirst();
	return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Heights as 32-bit floats, from the north-west, row by row; NaN where nothing is known. */
export async function groundOf(db: Db, id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
	const row = await db.selectFrom('terrain').select('ground').where('id', '=', id).executeTakeFirst();
	return row && Uint8Array.from(gunzipSync(row.ground));
}
