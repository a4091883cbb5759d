// Changes of rules by the bureau, and their back-tests.

import type { Json, MaybeJson, MaybeMoment, Moment } from './columns.ts';

export interface RuleChangeTable {
	id: string;
	rule_key: string;
	scope_kind: 'bureau' | 'site' | 'machine' | 'point';
	/** Of the site, installation or point; null for the bureau. */
	scope_id: string | null;
	/** Parameter → number. */
	values: Json;
	valid_from: Moment;
	valid_to: MaybeMoment;
	reason: string;
	state: 'draft' | 'active' | 'ended' | 'discarded';
	created_at: Moment;
	created_by: string;
	created_by_name: string;
	activated_at: MaybeMoment;
	activated_by_name: string | null;
	ended_at: MaybeMoment;
	ended_by_name: string | null;
	/** What a person said. */
	end_reason: string | null;
	/** Where the program ended it. */
	end_cause: 'discarded' | 'replaced' | null;
	/** The change of the same rule and scope that it put out of force. */
	replaces: string | null;
}

export interface RuleBacktestTable {
	id: string;
	change_id: string;
	state: 'running' | 'done' | 'failed' | 'cancelled';
	started_at: Moment;
	started_by_name: string;
	ended_at: MaybeMoment;
	result: MaybeJson;
	fault: string | null;
}
