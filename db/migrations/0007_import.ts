// What imports remember: which column of a file meant which field, by the shape of its header.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table import_mapping (
			subject text not null,
			header_sha256 text not null,
			mapping jsonb not null,
			datum text,
			used_at timestamptz not null,
			primary key (subject, header_sha256)
		)`.execute(db);

	// A file read and checked but not committed: the dry run a person looks at, and then commits as it stands.
	await sql`
		create table import_draft (
			id uuid primary key,
			subject text not null,
			file_name text not null,
			file_sha256 text not null,
			header_sha256 text not null,
			datum text,
			is_whole boolean not null,
			mapping jsonb not null,
			summary jsonb not null,
			created_at timestamptz not null,
			created_by text not null
		)`.execute(db);

	// The file itself, in pieces, for reading it again with another mapping or datum.
	await sql`
		create table import_draft_part (
			draft_id uuid not null references import_draft (id) on delete cascade,
			part integer not null,
			bytes bytea not null,
			primary key (draft_id, part)
		)`.execute(db);

	// What the draft would write, object by object: the whole record, and the fingerprint of the row it would change.
	await sql`
		create table import_draft_row (
			draft_id uuid not null references import_draft (id) on delete cascade,
			no integer not null,
			row integer,
			change text not null check (change in ('added', 'changed', 'closed')),
			subject_id text not null,
			md5 text,
			value jsonb not null,
			primary key (draft_id, no)
		)`.execute(db);
}
