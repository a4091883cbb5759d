// Rounds of coverage, campaigns and key periods.

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { CampaignFilter, CampaignReport } from '#lib/contract/coverage.ts';
import type { CampaignSite } from '#lib/domain/coverage/campaign.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { RoundKind } from '#lib/domain/coverage/round.ts';
import type { Db } from '../db/connection.ts';
import { inScope } from '../db/scope.ts';

export interface RoundRow {
	id: string;
	name: string;
	kind: RoundKind;
	fromOn: string;
	toOn: string;
	looksBackTo: string | null;
	quota: number | null;
	checklist: string[];
	filter: CampaignFilter;
	/** The sums of a campaign that has ended; its sites are read by `closedCampaign`. */
	report: CampaignReport | null;
}

const NO_FILTER: CampaignFilter = { stages: [], grades: [], towns: [], has: [], openHazards: false };

/** Without the sites of a report: they are many, and only whoever reads the report asks for them. */
const COLUMNS = [
	...(['id', 'name', 'kind', 'from_on', 'to_on', 'looks_back_to', 'quota', 'checklist', 'filter'] as const),
	sql`report - 'sites'`.as('report'),
] as const;

/** Rounds that touch a span of days, in the order in which they end. */
export async function roundsBetween(db: Db, fromOn: string, toOn: string): Promise<RoundRow[]> {
	const rows = await db
		.selectFrom('coverage_round')
		.select(COLUMNS)
		.where('to_on', '>=', fromOn)
		.where('from_on', '<=', toOn)
		.orderBy('to_on')
		.orderBy('from_on')
		.execute();
	return rows.map(fromRow);
}

export async function roundById(db: Db, id: string): Promise<RoundRow | undefined> {
	const row = await db.selectFrom('coverage_round').select(COLUMNS).where('id', '=', id).executeTakeFirst();
	return row && fromRow(row);
}

export interface NewRound {
	id?: string;
	name: string;
	kind: RoundKind;
	fromOn: string;
	toOn: string;
	looksBackTo: string | null;
	quota?: number;
	checklist?: readonly string[];
	filter?: CampaignFilter;
}

/** @returns ids; a round that is there already (same kind, days and name) keeps its own */
export async function addRounds(db: Db, rounds: readonly NewRound[], at: Date, by: string): Promise<string[]> {
	const ids: string[] = [];
	for (const round of rounds) {
		const row = {
			id: round.id ?? randomUUID(),
			name: round.name,
			kind: round.kind,
			from_on: round.fromOn,
			to_on: round.toOn,
			looks_back_to: round.looksBackTo,
			quota: round.quota ?? null,
			checklist: [...(round.checklist ?? [])],
			filter: JSON.stringify(round.filter ?? {}),
			created_at: at,
			created_by: by,
		};
		const { id } = await db
			.insertInto('coverage_round')
			.values(row)
			.onConflict((on) => on.columns(['kind', 'from_on', 'to_on', 'name']).doUpdateSet({ name: row.name }))
			.returning('id')
			.executeTakeFirstOrThrow();
		ids.push(id);
	}
	return ids;
}

export async function closeRound(
	db: Db,
	id: string,
	{ sums, sites, at }: { sums: CampaignReport; sites: readonly CampaignSite[]; at: Date },
): Promise<void> {
	await db
		.updateTable('coverage_round')
		.set({ closed_at: at, report: JSON.stringify({ ...sums, sites }) })
		.where('id', '=', id)
		.execute();
}

export interface ClosedCampaign {
	round: RoundRow;
	closedAt: Date;
	sums: CampaignReport;
	/** Those in scope; null for reports from before they named their sites. */
	sites: CampaignSite[] | null;
	/** Whether all sites of the report are in scope. */
	isWhole: boolean;
}

export async function closedCampaign(db: Db, scope: Scope, id: string): Promise<ClosedCampaign | undefined> {
	const row = await db
		.selectFrom('coverage_round')
		.select([...COLUMNS, 'closed_at', sql<number | null>`jsonb_array_length(report -> 'sites')`.as('all')])
		.select(
			sql<CampaignSite[]>`(select coalesce(jsonb_agg(named.one order by named.no), '[]'::jsonb)
				from jsonb_array_elements(report -> 'sites') with ordinality as named (one, no)
				join site s on s.id = (named.one ->> 'siteId')::uuid left join management_grid g on g.id = s.grid_id
				where ${inScope(scope, 's.town_code', 's.id', 'g.code')})`.as('sites'),
		)
		.where('id', '=', id)
		.executeTakeFirst();
	if (!row?.closed_at) return undefined;
	const round = fromRow(row);
	if (!round.report) return undefined;
	const sites = row.all === null ? null : row.sites;
	return { round, closedAt: row.closed_at, sums: round.report, sites, isWhole: sites?.length === row.all };
}

export interface KeyPeriodRow {
	id: string;
	name: string;
	kind: 'holiday' | 'exam' | 'event' | 'resumption';
	fromOn: string;
	toOn: string;
	area: string;
	/** Holds once a leader has switched it on. */
	isProposed: boolean;
}

const keyPeriods = (db: Db) =>
	db
		.selectFrom('key_period')
		.select(['id', 'name', 'kind', 'from_on as fromOn', 'to_on as toOn', 'area', 'is_proposed as isProposed']);

export function keyPeriodsBetween(db: Db, fromOn: string, toOn: string): Promise<KeyPeriodRow[]> {
	return keyPeriods(db)
		.where('to_on', '>=', fromOn)
		.where('from_on', '<=', toOn)
		.orderBy('from_on')
		.orderBy('name')
		.execute();
}

/** @param id - of a key; one that is no uuid is nobody's */
export async function keyPeriodById(db: Db, id: string): Promise<KeyPeriodRow | undefined> {
	return keyPeriods(db)
		.where(sql<string>`id::text`, '=', id)
		.executeTakeFirst();
}

export async function addKeyPeriod(db: Db, period: Omit<KeyPeriodRow, 'id'>, at: Date, by: string): Promise<string> {
	const id = randomUUID();
	const { fromOn, toOn, isProposed, ...rest } = period;
	await db
		.insertInto('key_period')
		.values({ id, ...rest, from_on: fromOn, to_on: toOn, is_proposed: isProposed, created_at: at, created_by: by })
		.execute();
	return id;
}

function fromRow(row: {
	id: string;
	name: string;
	kind: RoundKind;
	from_on: string;
	to_on: string;
	looks_back_to: string | null;
	quota: number | null;
	checklist: string[];
	filter: unknown;
	report: unknown;
}): RoundRow {
	return {
		id: row.id,
		name: row.name,
		kind: row.kind,
		fromOn: row.from_on,
		toOn: row.to_on,
		looksBackTo: row.looks_back_to,
		quota: row.quota,
		checklist: row.checklist,
		filter: { ...NO_FILTER, ...(row.filter as Partial<CampaignFilter>) },
		report: row.report as CampaignReport | null,
	};
}
