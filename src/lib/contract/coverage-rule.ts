// The numbers and days of coverage as their page shows them: GET /api/v1/coverage/rules. They are changed by the doors
// of rules (`contract/rule.ts`): drafted, switched on, ended, each with a reason.

import type { Days, Held } from '../domain/coverage/dates.ts';
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

interface SourcedDays extends Held {
	source: Sentence;
	confidence: Confidence;
}

/** Days of coverage that a bureau may put its own in the place of. */
export interface CoverageDateCard {
	ruleKey: string;
	subject:
		| { kind: 'floodSeason' }
		/** `isMade`: the rounds of the year stand in the ledger. */
		| { kind: 'rounds'; year: number; isMade: boolean }
		/** `isProposed`: holds once a leader has switched it on. */
		| { kind: 'period'; id: string; name: string; of: string; area: string; isProposed: boolean };
	/** As the product or whoever made it says. */
	shipped: SourcedDays;
	now: SourcedDays;
	changes: CoverageDraft[];
}

export interface CoverageNumberList {
	numbers: CoverageNumberCard[];
	/** Rounds of this year and the next, the flood season, key periods by day. */
	dates: CoverageDateCard[];
	/** Days of the rounds by the documents that are known, to begin a draft with; by year. */
	calendars: { year: number; days: Days; source: Sentence }[];
	/** `YYYY-MM-DD` */
	today: string;
	/** Last year whose holidays by the lunar calendar are known. */
	holidaysUntil: number;
	/** `manage`: makes rounds. */
	may: { draft: boolean; activate: boolean; manage: boolean };
}
