// The balancing tool: grids with their ground, sites with their grid, and the changes that are asked for.

import * as v from 'valibot';
import type { MultiPolygon } from 'geojson';
import type { Sentence } from '../domain/import/sentence.ts';
import type { BalanceRules, GridSite, OwnerLoad } from '../domain/grid/balance.ts';

export interface GridPeriod {
	from: string | null;
	/** The day on which another version began; null while it holds. */
	to: string | null;
	ownerName: string | null;
}

export interface GridsView {
	grids: {
		id: string;
		code: string;
		name: string;
		townCode: string;
		ownerName: string | null;
		backupName: string | null;
		boundary: MultiPolygon;
		/** Who answered for it under the same code, the newest first; days as `YYYY-MM-DD`. */
		history: GridPeriod[];
	}[];
	sites: (GridSite & { name: string })[];
	loads: OwnerLoad[];
	rules: BalanceRules;
	/** Where the weights come from. */
	source: Sentence;
}

const Uuid = v.pipe(v.string(), v.uuid());
const Name = v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(30)));

export const GridChanges = v.object({
	moves: v.pipe(v.array(v.object({ siteId: Uuid, toGridId: Uuid })), v.maxLength(200)),
	owners: v.pipe(v.array(v.object({ gridId: Uuid, ownerName: Name, backupName: Name })), v.maxLength(500)),
});
export type GridChanges = v.InferOutput<typeof GridChanges>;
