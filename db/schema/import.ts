// What imports remember.

import type { Json, Moment } from './columns.ts';

export interface ImportDraftTable {
	id: string;
	subject: string;
	file_name: string;
	file_sha256: string;
	datum: string | null;
	mapping: Json;
	rows: Json;
	created_at: Moment;
	created_by: string;
}

export interface ImportMappingTable {
	subject: string;
	header_sha256: string;
	mapping: Json;
	datum: string | null;
	used_at: Moment;
}
