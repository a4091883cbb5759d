// Pictures and papers that have reached their age go: stills, photographs of findings, signs and floods, orders of past
// events, what phones sent. In small transactions, each with its entry of the trail, so that it can be ended anywhere and
// the next run goes on; what holds a thing stands in `repositories/retention.ts`.

import { retentionRules } from '#db/rules/operations.ts';
import type { Rule } from '#lib/domain/rule.ts';
import { audit } from '../audit/audit.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { dropAged, type Aged } from '../repositories/retention.ts';

const DAY_MS = 86_400_000;

const AGE: Readonly<Record<Aged, Rule>> = {
	still: retentionRules.stillDays,
	findingPhoto: retentionRules.evidenceDays,
	dangerPhoto: retentionRules.evidenceDays,
	// Orders first: a photograph is held by the order it answers.
	floodNotice: retentionRules.evidenceDays,
	floodPhoto: retentionRules.evidenceDays,
	fieldItem: retentionRules.fieldItemDays,
};

/** @param isWanted - asked before every batch; false ends it */
export async function dropAgedThings(
	db: Db,
	now: Date,
	isWanted: () => boolean = () => true,
): Promise<Partial<Record<Aged, number>>> {
	const gone: Partial<Record<Aged, number>> = {};
	const ago = ({ value }: Rule) => new Date(now.getTime() - value * DAY_MS);
	const atMost = retentionRules.perBatch.value;
	for (const [what, age] of Object.entries(AGE) as [Aged, Rule][]) {
		const limit = { now, before: ago(age), trailSince: ago(retentionRules.auditDays), atMost };
		for (let batch = 0; batch < retentionRules.batchesInARun.value && isWanted(); batch++) {
			const count = await transaction(db, async (tx) => {
				const dropped = await dropAged(tx, what, limit);
				if (dropped > 0)
					await audit(tx, {
						...{ at: now, actor: 'system', actorKind: 'system', action: 'retention:drop', object: what },
						detail: { count: dropped, before: limit.before.toISOString(), days: age.value, source: age.source },
						outcome: 'done',
					});
				return dropped;
			});
			if (count > 0) gone[what] = (gone[what] ?? 0) + count;
			if (count < atMost) break;
		}
	}
	return gone;
}
