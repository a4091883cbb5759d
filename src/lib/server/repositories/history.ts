// What became of an object of the register: every change of it and of what belongs to it, newest first.

import { sql } from 'kysely';
import type { EditKind } from '#lib/contract/register.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { RowImage } from '#lib/domain/register/describe-revision.ts';
import type { Db } from '../db/connection.ts';
import { inScope } from '../db/scope.ts';

export interface Revision {
	seq: number;
	at: Date;
	by: string;
	subject: string;
	before: RowImage | null;
	after: RowImage | null;
	source: {
		id: string;
		kind: 'demo' | 'import' | 'hand' | 'upstream';
		name: string;
		at: Date;
		by: string;
		undoneAt: Date | null;
	} | null;
}

const SHOWN = 200;

/** The rows an object is made of, as `(subject, subject_id)`. A machine stood elsewhere before: those places in scope. */
const PARTS: Record<EditKind, (id: string, scope: Scope) => ReturnType<typeof sql>> = {
	sites: (id) => sql`
		select 'site' as subject, ${id}::text as id
		union all select 'device_binding', b.id::text from device_binding b where b.site_id = ${id}::uuid`,
	machines: (id, scope) => sql`
		select 'installation' as subject, i.id::text as id from installation i
			join site on site.id = i.site_id left join management_grid on management_grid.id = site.grid_id
			where i.machine_id = (select machine_id from installation where id = ${id}::uuid)
			and ${inScope(scope, 'site.town_code', 'site.id', 'management_grid.code')}
		union all select 'machine', machine_id::text from installation where id = ${id}::uuid
		union all select 'device_binding', b.id::text from device_binding b where b.installation_id = ${id}::uuid`,
	pits: (id) => sql`
		select 'pit' as subject, ${id}::text as id
		union all select distinct 'pit_side', r.subject_id from revision r where r.subject = 'pit_side'
			and coalesce(r.after, r.before) ->> 'pit_id' = ${id}::text`,
	formworks: (id) => sql`select 'high_formwork' as subject, ${id}::text as id`,
	scaffolds: (id) => sql`select 'climbing_scaffold' as subject, ${id}::text as id`,
	points: (id) => sql`
		select 'monitor_point' as subject, ${id}::text as id
		union all select 'device_binding', b.id::text from device_binding b where b.monitor_point_id = ${id}::uuid`,
};

export async function revisionsOf(db: Db, scope: Scope, kind: EditKind, id: string): Promise<Revision[]> {
	const { rows } = await sql<{
		seq: string;
		recorded_at: Date;
		recorded_by: string;
		subject: string;
		before: RowImage | null;
		after: RowImage | null;
		source_id: string | null;
		source_kind: NonNullable<Revision['source']>['kind'] | null;
		source_name: string;
		created_at: Date;
		created_by: string;
		undone_at: Date | null;
	}>`
		select r.seq, r.recorded_at, r.recorded_by, r.subject, r.before, r.after, r.source_id, s.kind as source_kind,
			s.name as source_name, s.created_at, s.created_by, s.undone_at
		from revision r join (${PARTS[kind](id, scope)}) part on part.subject = r.subject and part.id = r.subject_id
			left join source s on s.id = r.source_id
		order by r.seq desc limit ${SHOWN}`.execute(db);
	return rows.map((row) => ({
		seq: Number(row.seq),
		at: row.recorded_at,
		by: row.recorded_by,
		subject: row.subject,
		before: row.before,
		after: row.after,
		source:
			row.source_id && row.source_kind
				? {
						...{ id: row.source_id, kind: row.source_kind, name: row.source_name },
						...{ at: row.created_at, by: row.created_by, undoneAt: row.undone_at },
					}
				: null,
	}));
}

/** Where the row itself came from; undefined when there is no such object, or none in scope. */
export async function originOf(
	db: Db,
	scope: Scope,
	kind: EditKind,
	id: string,
): Promise<{ at: Date; name: string } | undefined> {
	const from = {
		sites: sql`select id, source_id, id as site_id from site`,
		machines: sql`select i.id, m.source_id, i.site_id from installation i join machine m on m.id = i.machine_id`,
		pits: sql`select id, source_id, site_id from pit`,
		formworks: sql`select id, source_id, site_id from high_formwork`,
		scaffolds: sql`select id, source_id, site_id from climbing_scaffold`,
		points: sql`select p.id, p.source_id, pit.site_id from monitor_point p join pit on pit.id = p.pit_id`,
	}[kind];
	const { rows } = await sql<{ at: Date; name: string }>`
		select source.created_at as at, source.name
		from (${from}) thing join site on site.id = thing.site_id join source on source.id = thing.source_id
			left join management_grid on management_grid.id = site.grid_id
		where thing.id = ${id}::uuid and ${inScope(scope, 'site.town_code', 'site.id', 'management_grid.code')}`.execute(db);
	return rows[0];
}

/** Names of firms and grids, of sites, pits and machines in scope by id, and of people by who they sign as. */
export async function namesOf(db: Db, scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
	const list = [...ids];
	const { rows } = await sql<{ id: string; name: string }>`
		select id::text, name from firm where id::text = any(${list}::text[])
		union all select thing.id::text, thing.name from (
			select id, name, id as site_id from site
			union all select id, name, site_id from pit
			union all select side.id, side.name, pit.site_id from pit_side side join pit on pit.id = side.pit_id
			union all select point.id, point.code, pit.site_id from monitor_point point join pit on pit.id = point.pit_id
			union all select id, name, site_id from high_formwork
			union all select id, name, site_id from climbing_scaffold
			union all select i.id, coalesce(i.site_no, m.property_record_no, m.model, ''), i.site_id
				from installation i join machine m on m.id = i.machine_id
		) thing join site on site.id = thing.site_id left join management_grid on management_grid.id = site.grid_id
			where thing.id::text = any(${list}::text[])
			and ${inScope(scope, 'site.town_code', 'site.id', 'management_grid.code')}
		union all select id::text, name from management_grid where id::text = any(${list}::text[])
		union all select 'person:' || id::text, name from person where 'person:' || id::text = any(${list}::text[])`.execute(
		db,
	);
	return new Map(rows.map(({ id, name }) => [id, name]));
}
