// Copies of the data.

import type { GeneratedJson, Int8, MaybeMoment, Moment } from './columns.ts';

export interface BackupTable {
	id: string;
	kind: 'folder' | 'pg_dump' | 'tables';
	path: string;
	taken_at: Moment;
	bytes: Int8;
	/** Rows by table, as counted when it was taken. */
	tables: GeneratedJson;
	verified_at: MaybeMoment;
	/** Why it could not be restored, or why none was made. */
	fault: string | null;
}
