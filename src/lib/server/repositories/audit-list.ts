// The audit trail as the auditor reads it: newest first, by filters.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';

export interface AuditFilter {
	from?: Date;
	to?: Date;
	/** Part of the actor, or of the name or login of a person. */
	actor?: string;
	action?: string;
	object?: string;
	outcome?: 'done' | 'denied' | 'failed';
	/** Only entries before this number. */
	before?: number;
}

export interface AuditLine {
	seq: number;
	at: Date;
	actor: string;
	/** Name of the person behind `person:…`; null for others. */
	name: string | null;
	address: string | null;
	action: string;
	object: string;
	detail: unknown;
	outcome: 'done' | 'denied' | 'failed';
}

export async function auditLines(db: Db, filter: AuditFilter, limit: number): Promise<AuditLine[]> {
	const { from, to, actor, action, object, outcome, before } = filter;
	const rows = await db
		.selectFrom('audit')
		.leftJoin('person', (join) => join.on(sql<boolean>`audit.actor = 'person:' || person.id::text`))
		.select([
			'audit.seq',
			'audit.at',
			'audit.actor',
			'audit.address',
			'audit.action',
			'audit.object',
			'audit.detail',
			'audit.outcome',
			'person.name',
		])
		.$if(from !== undefined, (query) => query.where('audit.at', '>=', from ?? new Date(0)))
		.$if(to !== undefined, (query) => query.where('audit.at', '<', to ?? new Date(0)))
		.$if(Boolean(actor), (query) =>
			query.where((eb) =>
				eb.or([
					eb('audit.actor', 'like', containing(actor)),
					eb('person.name', 'like', containing(actor)),
					eb('person.login', 'like', containing(actor)),
				]),
			),
		)
		.$if(Boolean(action), (query) => query.where('audit.action', 'like', containing(action)))
		.$if(Boolean(object), (query) => query.where('audit.object', 'like', containing(object)))
		.$if(outcome !== undefined, (query) => query.where('audit.outcome', '=', outcome ?? 'done'))
		.$if(before !== undefined, (query) => query.where('audit.seq', '<', String(before)))
		.orderBy('audit.seq', 'desc')
		.limit(limit)
		.execute();
	return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** The typed text anywhere in the column; its own wildcards are text. */
function containing(text: string | undefined): string {
	return `%${(text ?? '').replace(/[\\%_]/g, '\\$&')}%`;
}
