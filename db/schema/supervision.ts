// What the bureau did and found.

import type { Generated } from 'kysely';
import type { MaybeJson, MaybeMoment, Moment } from './columns.ts';

export interface VisitTable {
	id: string;
	site_id: string;
	visited_at: Moment;
	minutes: number | null;
	supervisors: string[];
	occasion: 'routine' | 'campaign' | 'holiday' | 'resumption' | 'lookBack' | 'night' | 'flood' | 'joint';
	result: 'passed' | 'rectify' | 'stopWork';
	source_id: string;
	source_row: number | null;
}

export interface HazardTable {
	id: string;
	site_id: string;
	visit_id: string | null;
	found_at: Moment;
	category:
		| 'management'
		| 'pit'
		| 'formwork'
		| 'scaffold'
		| 'crane'
		| 'height'
		| 'power'
		| 'confinedSpace'
		| 'demolition'
		| 'tunnel'
		| 'stacking'
		| 'fire'
		| 'other';
	description: string;
	is_major: Generated<boolean>;
	criterion: MaybeJson;
	found_by: 'patrol' | 'assessment' | 'campaign' | 'insurance' | 'testing' | 'firm';
	due_on: string | null;
	rectified_at: MaybeMoment;
	accepted_at: MaybeMoment;
	closed_at: MaybeMoment;
	source_id: string;
	source_row: number | null;
}

export interface StopWorkOrderTable {
	id: string;
	site_id: string;
	visit_id: string | null;
	ordered_on: string;
	lifted_on: string | null;
	reason: string;
	source_id: string;
	source_row: number | null;
}

export interface ExpertTable {
	id: string;
	name: string;
	disciplines: string[];
	is_senior: boolean;
	joined_on: string;
	firm_id: string | null;
	is_active: Generated<boolean>;
	source_id: string;
	source_row: number | null;
}

export interface CompanionQuotaTable {
	id: string;
	expert_id: string | null;
	firm_id: string | null;
	from_on: string;
	to_on: string;
	most: number;
	source: string;
	set_at: Moment;
	set_by: string;
	set_by_name: string;
	ended_at: MaybeMoment;
	ended_by: string | null;
}

export interface ExpertAvoidanceTable {
	expert_id: string;
	firm_id: string;
	reason: string;
}
