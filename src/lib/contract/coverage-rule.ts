// The numbers of coverage as their page shows them: GET /api/v1/coverage/rules. They are changed by the doors of rules
// (`contract/rule.ts`): drafted, switched on, ended, each with a reason.

import type { CoverageNumber, NumberGroup, NumberRange } from '../domain/coverage/numbers.ts';
import type { Sentence } from '../domain/import/sentence.ts';
import type { Confidence } from '../domain/rule.ts';
import type { RuleChangeNote } from './rule.ts';

/** What the ledger of today comes to. */
export interface LedgerSums {
	overdue: number;
	/** Sites that are left in peace today. */
	quiet: number;
	lowGrids: number;
	/** Of the running round of full coverage; null where none runs. */
	willMiss: number | null;
}

export interface CoverageDraft extends Omit<RuleChangeNote, 'scopeName' | 'backTest'> {
	/** What the ledger of today would be with it; null for what is no draft. */
	effect: {
		today: LedgerSums;
		proposed: LedgerSums;
		/** Sites whose due day would be another. */
		moved: number;
	} | null;
}

interface Sourced {
	value: number;
	source: Sentence;
	confidence: Confidence;
}

export interface CoverageNumberCard {
	number: CoverageNumber;
	group: NumberGroup;
	unit: string;
	range: NumberRange;
	shipped: Sourced;
	/** What holds now: as shipped, or the bureau's own with its reason as the source. */
	now: Sourced;
	/** Newest first: drafts, in force, history. */
	changes: CoverageDraft[];
}

export interface CoverageNumberList {
	numbers: CoverageNumberCard[];
	/** Days of the year that rounds and seasons begin and end on, `MM-DD`. */
	fixed: {
		floodSeason: { from: string; to: string; source: Sentence };
		calendars: { firstEnds: string; secondEnds: string; source: Sentence }[];
	};
	may: { draft: boolean; activate: boolean };
}
