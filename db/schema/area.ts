// Where rows come from, and the areas everything lies in.

import type { Geometry, GeneratedJson, MaybeMoment, Moment } from './columns.ts';

export interface SourceTable {
	id: string;
	kind: 'demo' | 'import' | 'hand' | 'upstream';
	subject: string;
	name: string;
	file_sha256: string | null;
	datum: string | null;
	created_at: Moment;
	created_by: string;
	undone_at: MaybeMoment;
	summary: GeneratedJson;
}

export interface TownTable {
	code: string;
	name: string;
	name_en: string | null;
	boundary: Geometry;
	seat: Geometry | null;
	valid_from: string;
	valid_to: string | null;
	source_id: string;
	source_row: number | null;
}

export interface ManagementGridTable {
	id: string;
	code: string;
	name: string;
	town_code: string;
	boundary: Geometry;
	owner_name: string | null;
	backup_name: string | null;
	valid_from: string;
	valid_to: string | null;
	source_id: string;
	source_row: number | null;
}
