// A terrain model is brought in or taken out. Its heights must name their datum: a metre of difference is a flood.

import { createHash, randomUUID } from 'node:crypto';
import type { TerrainView } from '#lib/contract/flood-source.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { readTerrain } from '../flood/read-terrain.ts';
import { putTerrain } from '../repositories/terrain.ts';

export type TakeTerrain = { ok: true; id: string } | { ok: false; reason: 'forbidden' | 'known-file' };

/** @throws Fault `bad-input` for a file that is no terrain */
export async function takeTerrain(
	db: Db,
	caller: Caller,
	bytes: Uint8Array,
	{ name, datum }: Pick<TerrainView, 'name' | 'datum'>,
): Promise<TakeTerrain> {
	if (!authorize(caller.principal, 'flood:rule').ok) return { ok: false, reason: 'forbidden' };
	const read = await readTerrain(bytes);
	const id = randomUUID();
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	return transaction(db, async (tx): Promise<TakeTerrain> => {
		const by = { takenAt: caller.now, takenBy: nameOf(caller.principal) };
		if (!(await putTerrain(tx, { ...read, ...by, id, name, datum, sha256 })))
			return { ok: false, reason: 'known-file' };
		await audit(tx, {
			...signedBy(caller),
			action: 'flood:rule',
			object: `terrain ${id}`,
			detail: { name, datum, sha256, cells: read.width * read.height },
			outcome: 'done',
		});
		return { ok: true, id };
	});
}

export type RemoveTerrain = { ok: true } | { ok: false; reason: 'forbidden' | 'not-found' };

export async function removeTerrain(db: Db, caller: Caller, id: string): Promise<RemoveTerrain> {
	if (!authorize(caller.principal, 'flood:rule').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx): Promise<RemoveTerrain> => {
		const { numDeletedRows } = await tx.deleteFrom('terrain').where('id', '=', id).executeTakeFirst();
		if (numDeletedRows === 0n) return { ok: false, reason: 'not-found' };
		await audit(tx, {
			...signedBy(caller),
			action: 'flood:rule',
			object: `terrain ${id}`,
			detail: { removed: true },
			outcome: 'done',
		});
		return { ok: true };
	});
}
