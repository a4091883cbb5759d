// Hands sites to neighbouring grids and grids to people. The ground is cut here, not in the browser: a grid that would
// fall apart refuses everything.

import { gridRules } from '#db/rules/grid.ts';
import type { GridChanges } from '#lib/contract/grids.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import { shanghaiDay } from '#lib/domain/day.ts';
import { moveSites } from '#lib/domain/grid/balance.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import { gridFeatures } from '../repositories/area-list.ts';
import { addSource } from '../repositories/hand-source.ts';
import { placeSites, replaceGrid, sitesOfGrids } from '../repositories/grid-balance.ts';

export type BalanceGrids =
	| { ok: true; changed: number; events: EventMessage[] }
	| { ok: false; reason: 'forbidden' | 'not-found' | 'not-contiguous'; details?: unknown[] };

export async function balanceGrids(db: Db, caller: Caller, changes: GridChanges): Promise<BalanceGrids> {
	const { principal, now } = caller;
	if (!authorize(principal, 'grid:manage').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx): Promise<BalanceGrids> => {
		const scope = scopeOf(principal);
		const today = shanghaiDay(now);
		const features = await gridFeatures(tx, scope, today);
		const grids = features.map(({ geometry, properties }) => ({ ...properties, boundary: geometry }));
		const sites = await sitesOfGrids(tx, scope, today);
		const moved = moveSites(grids, sites, changes.moves, gridRules);
		if (!moved.ok) return { ok: false, reason: moved.reason, details: [{ siteId: moved.siteId }] };
		const owners = new Map(changes.owners.map((one) => [one.gridId, one]));
		if (changes.owners.some(({ gridId }) => !grids.some(({ id }) => id === gridId)))
			return { ok: false, reason: 'not-found' };

		const source = await addSource(tx, `网格调整 ${today}`, now, nameOf(principal));
		const newId = new Map<string, string>();
		for (const grid of grids) {
			const boundary = moved.boundaries.get(grid.id)!;
			const owner = owners.get(grid.id);
			if (boundary === grid.boundary && !owner) continue;
			const { ownerName, backupName } = owner ?? grid;
			newId.set(grid.id, await replaceGrid(tx, grid.id, { ownerName, backupName, boundary }, today, source));
		}
		await placeSites(
			tx,
			new Map(changes.moves.map(({ siteId, toGridId }) => [siteId, newId.get(toGridId) ?? toGridId])),
		);
		const told: NewEvent[] = [
			{
				at: now,
				type: 'grid:changed',
				subject: { kind: 'grid', id: [...newId.values()][0] ?? '' },
				data: { gridIds: [...newId.values()] },
			},
			{
				at: now,
				type: 'register:changed',
				subject: { kind: 'register', id: 'grids' },
				data: { subject: 'grids', change: 'changed' },
			},
		];
		const events = await appendEvents(tx, told);
		const detail = { moves: changes.moves.length, owners: changes.owners.length };
		await audit(tx, { ...signedBy(caller), action: 'grid:manage', object: 'grids', detail, outcome: 'done' });
		return { ok: true, changed: newId.size, events };
	});
}
