// The ledger as it goes out to pages: without the facts it was made from, and with every source in both languages.

import { sourceWords } from '#db/rules/source-words.ts';
import type { Ledger } from '#lib/contract/coverage.ts';
import type { DueTerm } from '#lib/domain/coverage/due.ts';
import type { JudgedLedger } from './read-ledger.ts';

export function shownLedger({ facts: _facts, ...ledger }: JudgedLedger): Ledger {
	return {
		...ledger,
		sites: ledger.sites.map((site) => ({
			...site,
			due: { ...site.due, terms: site.due.terms.map(shown), quiet: site.due.quiet && shown(site.due.quiet) },
		})),
	};
}

const shown = <T extends DueTerm>(term: T) => ({ ...term, source: sourceWords(term.source) });
