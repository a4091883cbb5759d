// What the bureau owes: rounds, key periods, self-assessments, machines looked at.

import type { Generated } from 'kysely';
import type { GeneratedJson, MaybeJson, MaybeMoment, Moment } from './columns.ts';

export interface CoverageRoundTable {
	id: string;
	name: string;
	kind: 'fullCoverage' | 'twoMonthly' | 'selfAssessment' | 'firmAssessment' | 'campaign';
	from_on: string;
	to_on: string;
	looks_back_to: string | null;
	filter: GeneratedJson;
	quota: number | null;
	checklist: Generated<string[]>;
	closed_at: MaybeMoment;
	report: MaybeJson;
	created_at: Moment;
	created_by: string;
}

export interface KeyPeriodTable {
	id: string;
	name: string;
	kind: 'holiday' | 'exam' | 'event' | 'resumption';
	from_on: string;
	to_on: string;
	area: string;
	is_proposed: Generated<boolean>;
	created_at: Moment;
	created_by: string;
}

export interface SelfAssessmentTable {
	id: string;
	site_id: string | null;
	firm_id: string | null;
	assessed_on: string;
	score: number | null;
	source_id: string;
	source_row: number | null;
}

export interface VisitMachineTable {
	visit_id: string;
	machine_id: string;
}
