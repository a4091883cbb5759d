// Processes of the program that share a database.

import type { Generated, GeneratedAlways } from 'kysely';
import type { Int8, Json, MaybeMoment, Moment } from './columns.ts';

export interface AppProcessTable {
	id: string;
	role: 'both' | 'ingest' | 'web';
	host: string;
	pid: number;
	started_at: Moment;
	beat_at: Moment;
	shares: Generated<boolean>;
	birth: Generated<string>;
}

export interface LeaseTable {
	name: string;
	holder: string | null;
	epoch: Int8;
	until: Moment;
	judged_at: MaybeMoment;
}

export interface ReadingBatchTable {
	id: GeneratedAlways<string>;
	xid: Generated<Int8>;
	at: Generated<Date>;
	rows: Json;
}
