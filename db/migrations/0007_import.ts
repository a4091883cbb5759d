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
			datum text,
			mapping jsonb not null,
			rows jsonb not null,
			created_at timestamptz not null,
			created_by text not null
		)`.execute(db);
}
