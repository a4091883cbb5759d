// Sites, their firms and signs, and what is erected on them.

import type { Generated } from 'kysely';
import type { Geometry, GeneratedJson } from './columns.ts';

export interface FirmTable {
	id: string;
	name: string;
	credit_code: string | null;
	roles: Generated<string[]>;
	caution_from: string | null;
	caution_to: string | null;
	source_id: string;
	source_row: number | null;
}

export interface SiteTable {
	id: string;
	no: Generated<number>;
	permit_no: string | null;
	project_code: string | null;
	name: string;
	name_pinyin: Generated<string>;
	address: string | null;
	town_code: string | null;
	grid_id: string | null;
	boundary: Geometry | null;
	location: Geometry;
	stage: 'preparation' | 'foundation' | 'structure' | 'masonry' | 'finishing' | 'completion' | null;
	state: 'active' | 'stopped' | 'suspended' | 'finished';
	floor_area_m2: number | null;
	owner_id: string | null;
	contractor_id: string | null;
	site_engineer_id: string | null;
	risk_grade: 'high' | 'medium' | 'low' | null;
	started_on: string | null;
	planned_finish_on: string | null;
	finished_on: string | null;
	attributes: GeneratedJson;
	source_id: string;
	source_row: number | null;
}

export interface SiteSignTable {
	id: string;
	site_id: string;
	colour: 'red' | 'yellow' | 'green';
	hung_on: string;
	removed_on: string | null;
	reason: string;
	source_id: string;
	source_row: number | null;
}

export interface HighFormworkTable {
	id: string;
	no: Generated<number>;
	site_id: string;
	name: string;
	location: Geometry;
	height_m: number | null;
	span_m: number | null;
	load_kn_per_m2: number | null;
	erected_on: string;
	removed_on: string | null;
	source_id: string;
	source_row: number | null;
}

export interface ClimbingScaffoldTable {
	id: string;
	no: Generated<number>;
	site_id: string;
	name: string;
	location: Geometry;
	lift_height_m: number | null;
	inspected_on: string | null;
	erected_on: string;
	removed_on: string | null;
	source_id: string;
	source_row: number | null;
}
