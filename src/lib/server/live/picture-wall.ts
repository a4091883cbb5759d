// The second wall of the live picture. The picture is cut out of memory, where the database guards nothing; so the
// database is asked, as the role of the scope and without any condition of ours, which objects it would show, and what it
// would not show is not in the picture. Asked once a scope for as long as the register stays as it is.

import { sql } from 'kysely';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Databases } from '../db/connection.ts';
import { scopeName } from './scope-name.ts';

export interface PictureWall {
	/** Asks the database unless it was asked since the register changed. @throws when it cannot be asked */
	ask(scope: Scope): Promise<void>;
	/** Numbers the database would show, as last asked; none while it never was. Undefined: everything. */
	numbers(scope: Scope): ReadonlySet<number> | undefined;
	/** Whether that answer is of the register as it is now. */
	isFresh(scope: Scope): boolean;
}

/** Scopes kept; a deployment has a handful of areas. */
const KEPT = 200;
const NONE: ReadonlySet<number> = new Set();

/** @param version - of the register as it is in memory */
export function openPictureWall(
	{ hasSecondWall, scoped }: Pick<Databases, 'hasSecondWall' | 'scoped'>,
	version: () => number,
): PictureWall | undefined {
	if (!hasSecondWall) return undefined;
	const known = new Map<string, { version: number; numbers: ReadonlySet<number> }>();
	const asking = new Map<string, Promise<void>>();

	const isFresh = (scope: Scope) => scope.kind === 'system' || known.get(scopeName(scope))?.version === version();

	async function askNow(scope: Scope, name: string): Promise<void> {
		const asked = version();
		const { rows } = await sql<{ no: number }>`
			select no from site union all select no from installation union all select no from pit
			union all select no from high_formwork union all select no from climbing_scaffold
			union all select point.no from monitor_point point join pit on pit.id = point.pit_id`.execute(scoped(scope));
		known.delete(name);
		known.set(name, { version: asked, numbers: new Set(rows.map(({ no }) => no)) });
		if (known.size > KEPT) known.delete(known.keys().next().value ?? '');
	}

	return {
		async ask(scope) {
			const name = scopeName(scope);
			while (!isFresh(scope)) {
				const running = asking.get(name) ?? askNow(scope, name).finally(() => asking.delete(name));
				asking.set(name, running);
				await running;
			}
		},
		numbers: (scope) => (scope.kind === 'system' ? undefined : (known.get(scopeName(scope))?.numbers ?? NONE)),
		isFresh,
	};
}
