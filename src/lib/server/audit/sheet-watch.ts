// Reading what is sensitive, told to the audit trail before the answer leaves: sheets with people's names and numbers,
// photographs and stills, the account of a person, the trail itself. A page asks for its sheet many times; one look is one entry: the same person
// and the same sheet again within `sheetRules.again` is none.

import { sheetRules } from '#db/rules/access.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { audit } from './audit.ts';

export interface SheetWatch {
	/** @param sheet - what was opened, as the trail names it: `site 5f2c…`. @throws when it could not be written */
	opened(caller: Caller, sheet: string): Promise<void>;
}

/** Looks remembered; beyond them every sheet counts as opened anew. */
const REMEMBERED = 20_000;

export function createSheetWatch(db: Db): SheetWatch {
	const openedAt = new Map<string, number>();

	return {
		async opened(caller, sheet) {
			const signed = signedBy(caller);
			const look = `${signed.actor} ${sheet}`;
			const nowMs = caller.now.getTime();
			if (nowMs - (openedAt.get(look) ?? -Infinity) < sheetRules.again.value * 1000) return;
			if (openedAt.size >= REMEMBERED) openedAt.clear();
			openedAt.set(look, nowMs);
			try {
				await transaction(db, (tx) => audit(tx, { ...signed, action: 'sheet:open', object: sheet, outcome: 'done' }));
			} catch (error) {
				openedAt.delete(look);
				throw error;
			}
		},
	};
}
