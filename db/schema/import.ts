// What imports remember.

import type { Json, Moment } from './columns.ts';

export interface ImportDraftTable {
	id: string;
	subject: string;
	file_name: string;
	file_sha256: string;
	header_sha256: string;
	datum: string | null;
	is_whole: boolean;
	mapping: Json;
	summary: Json;
	created_at: Moment;
	created_by: string;
}

export interface ImportDraftPartTable {
	draft_id: string;
	part: number;
	bytes: Buffer;
}

export interface ImportDraftRowTable {
	draft_id: string;
	no: number;
	row: number | null;
	change: 'added' | 'changed' | 'closed';
	subject_id: string;
	md5: string | null;
	value: Json;
}

export interface ImportMappingTable {
	subject: string;
	header_sha256: string;
	mapping: Json;
	datum: string | null;
	used_at: Moment;
}
