// The flood situation for everybody who looks at it. In a storm hundreds of receipts come in a minute and every board
// reads again after them: boards of one scope share one reading, and what receipts do not change (what stands on the
// sites, ledgers, water, exposure) is read again only when something of it happened.

import type { FloodNow } from '#lib/contract/flood.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { Kept } from './kept.ts';
import { readExposure, readFloodNow, readStanding, readWater, type FloodParts } from './read-now.ts';

export interface FloodPictures {
	/** @param db - as the scope may read it */
	read(db: Db, scope: Scope): Promise<FloodNow>;
	/** Tells of events of the log. */
	heard(events: readonly Pick<EventMessage, 'type'>[]): void;
}

/** Events of a storm that leave register and ledgers as they are. */
const PASSING = /^(alarm:|flood:(receipt|notice|movement|signal|response|water|exposure))/;
/** Milliseconds after which something is read again although nothing was heard: clocks go on, gauges fall silent. */
const AGE_MS = { whole: 1000, standing: 60_000, water: 30_000, exposure: 60_000 };
/** Scopes kept at once. */
const MOST_SCOPES = 100;

interface Own {
	whole: Kept<FloodNow>;
	standing: Kept<FloodParts['standing']>;
	water: Kept<FloodParts['water']>;
	exposure: Kept<FloodParts['exposure']>;
}

export function floodPictures(now: () => number): FloodPictures {
	const kept = new Map<string, Own>();
	const changes = { whole: 0, standing: 0, water: 0, exposure: 0 };
	const ownOf = (scope: Scope): Own => {
		const key = JSON.stringify(scope);
		if (kept.size > MOST_SCOPES && !kept.has(key)) kept.clear();
		const own = kept.get(key) ?? { whole: new Kept(), standing: new Kept(), water: new Kept(), exposure: new Kept() };
		kept.set(key, own);
		return own;
	};

	return {
		read(db, scope) {
			const own = ownOf(scope);
			const version = (part: keyof typeof changes) => () => changes[part];
			const at = () => new Date(now());
			return own.whole.get(version('whole'), now, AGE_MS.whole, async () =>
				readFloodNow(db, scope, at(), {
					standing: await own.standing.get(version('standing'), now, AGE_MS.standing, () =>
						readStanding(db, scope, at()),
					),
					water: await own.water.get(version('water'), now, AGE_MS.water, () => readWater(db, at())),
					exposure: await own.exposure.get(version('exposure'), now, AGE_MS.exposure, () => readExposure(db, scope)),
				}),
			);
		},
		heard(events) {
			for (const { type } of events) {
				const isLasting = !PASSING.test(type);
				if (isLasting || type.startsWith('flood:')) changes.whole++;
				if (isLasting) changes.standing++;
				if (isLasting || type === 'flood:water') changes.water++;
				if (isLasting || type === 'flood:exposure') changes.exposure++;
			}
		},
	};
}
