// Writes a batch of a draft's rows into the register. Everything happens in the database, from the draft's rows into the
// tables: the program only says which batch.

import { sql, type RawBuilder } from 'kysely';
import type { ImportKind } from '#lib/domain/import/field.ts';
import type { Db } from '../db/connection.ts';
import { coversColumn, fromCheckedJson } from '../db/geo.ts';
import { asKey, keyOf, type Historic } from '../db/row-image.ts';
import { recordAdded, recordAfter, recordBefore, type Recording } from '../db/history.ts';

export interface Batch {
	draftId: string;
	/** Numbers of the draft's rows, both inclusive. */
	from: number;
	to: number;
	recording: Recording & { sourceId: string };
}

/** The table whose rows a kind of draft names by `subject_id`. */
const TABLE: Record<ImportKind, Historic> = {
	sites: 'site',
	machines: 'machine',
	pits: 'pit',
	points: 'monitor_point',
	formworks: 'high_formwork',
	scaffolds: 'climbing_scaffold',
	towns: 'town',
	grids: 'management_grid',
};

export async function applyBatch(tx: Db, kind: ImportKind, batch: Batch): Promise<void> {
	const { recording } = batch;
	const changed: [Historic, RawBuilder<unknown>][] = [[TABLE[kind], idsIn(batch, false)]];
	const added: [Historic, RawBuilder<unknown>][] = [[TABLE[kind], idsIn(batch, true)]];
	if (kind === 'machines') {
		changed.push(['installation', installationsIn(batch, false)]);
		added.push(['installation', installationsIn(batch, true)]);
	}
	for (const [table, ids] of changed) await recordBefore(tx, table, ids, recording);
	await APPLY[kind](tx, batch);
	for (const [table, ids] of changed) await recordAfter(tx, table, ids, recording);
	for (const [table, ids] of added) await recordAdded(tx, table, ids, recording);
}

/** What follows from all batches: firms that were named, and sites that lie in other towns and grids now. */
export async function finishImport(tx: Db, kind: ImportKind, recording: Batch['recording']): Promise<void> {
	const noted = sql`select subject_id from revision where source_id = ${recording.sourceId}::uuid and subject = 'firm'`;
	await recordAfter(tx, 'firm', noted, recording);
	const added = sql`
		select id::text from firm where source_id = ${recording.sourceId}::uuid except ${noted}`;
	await recordAdded(tx, 'firm', added, recording);
	if (kind === 'towns' || kind === 'grids') await placeSites(tx, recording);
}

/** Rows of a batch that would be changed but are not any more what they were when the draft was made. */
export async function movedOn(tx: Db, kind: ImportKind, batch: Omit<Batch, 'recording'>): Promise<number> {
	const table = TABLE[kind];
	const key = sql.ref(`t.${keyOf(table)}`);
	const installation =
		kind === 'machines'
			? sql` || coalesce((select to_jsonb(i)::text from installation i where i.machine_id = t.id
				order by i.removed_on is null desc, i.installed_on desc, i.no desc limit 1), '')`
			: sql``;
	const { rows } = await sql<{ count: string }>`
		select count(*) as count
		from import_draft_row r left join ${sql.table(table)} t on ${key} = ${asKey(table, sql`r.subject_id`)}
		where ${isIn(batch)} and (case when r.md5 is null then ${key} is not null
			else md5(to_jsonb(t)::text${installation}) is distinct from r.md5 end)`.execute(tx);
	return Number(rows[0]?.count ?? 0);
}

const isIn = ({ draftId, from, to }: Omit<Batch, 'recording'>) =>
	sql`r.draft_id = ${draftId}::uuid and r.no between ${from} and ${to}`;

const idsIn = (batch: Batch, isNew: boolean) => sql`
	select r.subject_id from import_draft_row r where ${isIn(batch)} and (r.md5 is null) = ${isNew}`;

/** Installations a batch begins, or changes and ends. */
const installationsIn = (batch: Batch, isNew: boolean) => sql`
	select r.value ->> 'installationId' from import_draft_row r
	where ${isIn(batch)} and r.value ->> 'installationId' is not null
		and coalesce((r.value ->> 'isNewInstallation')::boolean, false) = ${isNew}
	union select r.value ->> 'endedInstallationId' from import_draft_row r
	where ${isIn(batch)} and r.value ->> 'endedInstallationId' is not null and not ${isNew}::boolean`;

/** The draft's rows of a batch with `v`, their record. */
const rowsOf = (batch: Batch, columns: ReturnType<typeof sql>) => sql`
	import_draft_row r, jsonb_to_record(r.value) as v(${columns})
	where ${isIn(batch)}`;

const geometry = (field: 'location' | 'boundary') => fromCheckedJson(sql.ref(`v.${field}`) as never);

const SITE = sql`"permitNo" text, "projectCode" text, name text, "namePinyin" text, address text, "townCode" text,
	"gridId" uuid, stage text, state text, "floorAreaM2" double precision, "riskGrade" text, "startedOn" date,
	"plannedFinishOn" date, "finishedOn" date, owner text, contractor text, "siteEngineer" text, location jsonb, boundary jsonb`;

const firm = (name: string) => sql`(select id from firm where firm.name = ${sql.ref(`v.${name}`)})`;

const APPLY: Record<ImportKind, (tx: Db, batch: Batch) => Promise<void>> = {
	async sites(tx, batch) {
		await addFirms(tx, batch, [
			['owner', 'ownerCreditCode', 'owner'],
			['contractor', 'contractorCreditCode', 'contractor'],
			['siteEngineer', 'siteEngineerCreditCode', 'siteEngineer'],
		]);
		const { sourceId } = batch.recording;
		await sql`
			insert into site (id, permit_no, project_code, name, name_pinyin, address, town_code, grid_id, stage, state,
				floor_area_m2, risk_grade, started_on, planned_finish_on, finished_on, owner_id, contractor_id,
				site_engineer_id, location, boundary, source_id, source_row)
			select r.subject_id::uuid, v."permitNo", v."projectCode", v.name, v."namePinyin", v.address, v."townCode", v."gridId",
				v.stage, v.state, v."floorAreaM2", v."riskGrade", v."startedOn", v."plannedFinishOn", v."finishedOn",
				${firm('owner')}, ${firm('contractor')}, ${firm('siteEngineer')}, ${geometry('location')}, ${geometry('boundary')},
				${sourceId}::uuid, r.row
			from ${rowsOf(batch, SITE)} and r.change = 'added' order by r.no`.execute(tx);
		await sql`
			update site s set permit_no = v."permitNo", project_code = v."projectCode", name = v.name, name_pinyin = v."namePinyin",
				address = v.address, town_code = v."townCode", grid_id = v."gridId", stage = v.stage, state = v.state,
				floor_area_m2 = v."floorAreaM2", risk_grade = v."riskGrade", started_on = v."startedOn",
				planned_finish_on = v."plannedFinishOn", finished_on = v."finishedOn", owner_id = ${firm('owner')},
				contractor_id = ${firm('contractor')}, site_engineer_id = ${firm('siteEngineer')},
				location = ${geometry('location')}, boundary = ${geometry('boundary')}, source_id = ${sourceId}::uuid, source_row = r.row
			from ${rowsOf(batch, SITE)} and r.change <> 'added' and s.id = r.subject_id::uuid`.execute(tx);
	},

	async machines(tx, batch) {
		await addFirms(tx, batch, [['equipmentOwner', null, 'equipmentOwner']]);
		const { sourceId } = batch.recording;
		const MACHINE = sql`"propertyRecordNo" text, kind text, "factoryNo" text, manufacturer text, model text,
			"ratedMomentKnm" double precision, "manufacturedOn" date, "assessedUntil" date, "testedOn" date, "equipmentOwner" text`;
		const INSTALLATION = sql`"siteId" uuid, "useRegistrationNo" text, "siteNo" text, location jsonb,
			"jibRadiusM" double precision, "counterJibM" double precision, "heightM" double precision, "installedOn" date,
			"removedOn" date, "installationId" uuid, "isNewInstallation" boolean, "endedInstallationId" uuid`;
		await sql`
			insert into machine (id, property_record_no, kind, factory_no, manufacturer, model, rated_moment_knm,
				manufactured_on, assessed_until, tested_on, equipment_owner_id, source_id, source_row)
			select r.subject_id::uuid, v."propertyRecordNo", v.kind, v."factoryNo", v.manufacturer, v.model, v."ratedMomentKnm",
				v."manufacturedOn", v."assessedUntil", v."testedOn", ${firm('equipmentOwner')}, ${sourceId}::uuid, r.row
			from ${rowsOf(batch, MACHINE)} and r.change = 'added' order by r.no`.execute(tx);
		await sql`
			update machine m set property_record_no = v."propertyRecordNo", kind = v.kind, factory_no = v."factoryNo", manufacturer = v.manufacturer, model = v.model,
				rated_moment_knm = v."ratedMomentKnm", manufactured_on = v."manufacturedOn", assessed_until = v."assessedUntil",
				tested_on = v."testedOn", equipment_owner_id = ${firm('equipmentOwner')}, source_id = ${sourceId}::uuid, source_row = r.row
			from ${rowsOf(batch, MACHINE)} and r.change = 'changed' and m.id = r.subject_id::uuid`.execute(tx);
		await sql`
			update installation i set removed_on = greatest(v."installedOn", i.installed_on), source_id = ${sourceId}::uuid, source_row = r.row
			from ${rowsOf(batch, INSTALLATION)} and i.id = v."endedInstallationId"`.execute(tx);
		await sql`
			update installation i set site_id = v."siteId", use_registration_no = v."useRegistrationNo", site_no = v."siteNo",
				location = ${geometry('location')}, jib_radius_m = v."jibRadiusM", counter_jib_m = v."counterJibM",
				height_m = v."heightM", installed_on = v."installedOn", removed_on = v."removedOn", source_id = ${sourceId}::uuid,
				source_row = r.row
			from ${rowsOf(batch, INSTALLATION)} and i.id = v."installationId"`.execute(tx);
		await sql`
			insert into installation (id, machine_id, site_id, use_registration_no, site_no, location, jib_radius_m,
				counter_jib_m, height_m, installed_on, removed_on, source_id, source_row)
			select v."installationId", r.subject_id::uuid, v."siteId", v."useRegistrationNo", v."siteNo", ${geometry('location')},
				v."jibRadiusM", v."counterJibM", v."heightM", v."installedOn", v."removedOn", ${sourceId}::uuid, r.row
			from ${rowsOf(batch, INSTALLATION)} and v."isNewInstallation" order by r.no`.execute(tx);
	},

	async pits(tx, batch) {
		const { sourceId } = batch.recording;
		const PIT = sql`"siteId" uuid, name text, boundary jsonb, "depthM" double precision, "dugM" double precision,
			stage text, "baseSlabOn" date, "startedOn" date, "finishedOn" date`;
		await sql`
			insert into pit (id, site_id, name, boundary, depth_m, dug_m, stage, base_slab_on, started_on, finished_on, source_id, source_row)
			select r.subject_id::uuid, v."siteId", v.name, ${geometry('boundary')}, v."depthM", v."dugM", v.stage, v."baseSlabOn",
				v."startedOn", v."finishedOn", ${sourceId}::uuid, r.row
			from ${rowsOf(batch, PIT)} and r.change = 'added' order by r.no`.execute(tx);
		await sql`
			update pit p set name = v.name, boundary = ${geometry('boundary')}, depth_m = v."depthM", dug_m = v."dugM", stage = v.stage,
				base_slab_on = v."baseSlabOn", started_on = v."startedOn", finished_on = v."finishedOn", source_id = ${sourceId}::uuid, source_row = r.row
			from ${rowsOf(batch, PIT)} and r.change <> 'added' and p.id = r.subject_id::uuid`.execute(tx);
	},

	async points(tx, batch) {
		const { sourceId } = batch.recording;
		const POINT = sql`"pitId" uuid, code text, quantity text, location jsonb, "designCumulativeMm" double precision,
			"designRateMmPerDay" double precision, "designNote" text`;
		await sql`
			insert into monitor_point (id, pit_id, code, quantity, location, design_cumulative_mm, design_rate_mm_per_day, design_note, source_id, source_row)
			select r.subject_id::uuid, v."pitId", v.code, v.quantity, ${geometry('location')}, v."designCumulativeMm",
				v."designRateMmPerDay", v."designNote", ${sourceId}::uuid, r.row
			from ${rowsOf(batch, POINT)} and r.change = 'added' order by r.no`.execute(tx);
		await sql`
			update monitor_point p set code = v.code, quantity = v.quantity, location = ${geometry('location')},
				design_cumulative_mm = v."designCumulativeMm", design_rate_mm_per_day = v."designRateMmPerDay",
				design_note = v."designNote", source_id = ${sourceId}::uuid, source_row = r.row
			from ${rowsOf(batch, POINT)} and r.change <> 'added' and p.id = r.subject_id::uuid`.execute(tx);
	},

	async formworks(tx, batch) {
		const { sourceId } = batch.recording;
		const FORMWORK = sql`"siteId" uuid, name text, location jsonb, "heightM" double precision, "spanM" double precision,
			"loadKnPerM2" double precision, "erectedOn" date, "removedOn" date`;
		await sql`
			insert into high_formwork (id, site_id, name, location, height_m, span_m, load_kn_per_m2, erected_on, removed_on, source_id, source_row)
			select r.subject_id::uuid, v."siteId", v.name, ${geometry('location')}, v."heightM", v."spanM", v."loadKnPerM2",
				v."erectedOn", v."removedOn", ${sourceId}::uuid, r.row
			from ${rowsOf(batch, FORMWORK)} and r.change = 'added' order by r.no`.execute(tx);
		await sql`
			update high_formwork f set name = v.name, location = ${geometry('location')}, height_m = v."heightM", span_m = v."spanM",
				load_kn_per_m2 = v."loadKnPerM2", erected_on = v."erectedOn", removed_on = v."removedOn",
				source_id = ${sourceId}::uuid, source_row = r.row
			from ${rowsOf(batch, FORMWORK)} and r.change <> 'added' and f.id = r.subject_id::uuid`.execute(tx);
	},

	async scaffolds(tx, batch) {
		const { sourceId } = batch.recording;
		const SCAFFOLD = sql`"siteId" uuid, name text, location jsonb, "liftHeightM" double precision, "inspectedOn" date,
			"erectedOn" date, "removedOn" date`;
		await sql`
			insert into climbing_scaffold (id, site_id, name, location, lift_height_m, inspected_on, erected_on, removed_on, source_id, source_row)
			select r.subject_id::uuid, v."siteId", v.name, ${geometry('location')}, v."liftHeightM", v."inspectedOn",
				v."erectedOn", v."removedOn", ${sourceId}::uuid, r.row
			from ${rowsOf(batch, SCAFFOLD)} and r.change = 'added' order by r.no`.execute(tx);
		await sql`
			update climbing_scaffold c set name = v.name, location = ${geometry('location')}, lift_height_m = v."liftHeightM",
				inspected_on = v."inspectedOn", erected_on = v."erectedOn", removed_on = v."removedOn",
				source_id = ${sourceId}::uuid, source_row = r.row
			from ${rowsOf(batch, SCAFFOLD)} and r.change <> 'added' and c.id = r.subject_id::uuid`.execute(tx);
	},

	async towns(tx, batch) {
		const { sourceId } = batch.recording;
		const TOWN = sql`code text, name text, "nameEn" text, boundary jsonb, "validFrom" date, "validTo" date`;
		await sql`
			insert into town (code, name, name_en, boundary, valid_from, valid_to, source_id, source_row)
			select v.code, v.name, v."nameEn", ${geometry('boundary')}, v."validFrom", v."validTo", ${sourceId}::uuid, r.row
			from ${rowsOf(batch, TOWN)} and r.change = 'added' order by r.no`.execute(tx);
		await sql`
			update town t set name = v.name, name_en = v."nameEn", boundary = ${geometry('boundary')}, valid_from = v."validFrom",
				valid_to = v."validTo", source_id = ${sourceId}::uuid, source_row = r.row
			from ${rowsOf(batch, TOWN)} and r.change <> 'added' and t.code = r.subject_id`.execute(tx);
	},

	async grids(tx, batch) {
		const { sourceId } = batch.recording;
		const GRID = sql`code text, name text, "townCode" text, boundary jsonb, "ownerName" text, "backupName" text,
			"validFrom" date, "validTo" date`;
		await sql`
			insert into management_grid (id, code, name, town_code, boundary, owner_name, backup_name, valid_from, valid_to, source_id, source_row)
			select r.subject_id::uuid, v.code, v.name, v."townCode", ${geometry('boundary')}, v."ownerName", v."backupName",
				v."validFrom", v."validTo", ${sourceId}::uuid, r.row
			from ${rowsOf(batch, GRID)} and r.change = 'added' order by r.no`.execute(tx);
		await sql`
			update management_grid g set name = v.name, town_code = v."townCode", boundary = ${geometry('boundary')},
				owner_name = v."ownerName", backup_name = v."backupName", valid_from = v."validFrom", valid_to = v."validTo",
				source_id = ${sourceId}::uuid, source_row = r.row
			from ${rowsOf(batch, GRID)} and r.change <> 'added' and g.id = r.subject_id::uuid`.execute(tx);
	},
};

/** Firms a batch names that are not known yet, and credit codes that firms did not have or have otherwise. */
async function addFirms(
	tx: Db,
	batch: Batch,
	parts: readonly (readonly [name: string, code: string | null, role: string])[],
): Promise<void> {
	const { recording } = batch;
	for (const [name, code, role] of parts) {
		const named = sql`
			select name, max(code) as code, min(row) as row from (
				select r.value ->> ${name}::text as name, r.value ->> ${code ?? ''}::text as code, r.row from import_draft_row r
				where ${isIn(batch)}
			) given where name is not null group by name`;
		const differing = sql`select f.id::text from firm f join (${named}) n on n.name = f.name and n.code is not null and n.code is distinct from f.credit_code
			where f.source_id <> ${recording.sourceId}::uuid`;
		await recordBefore(tx, 'firm', differing, recording);
		await sql`
			update firm f set credit_code = n.code, source_id = ${recording.sourceId}::uuid, source_row = n.row
			from (${named}) n where n.name = f.name and n.code is not null and n.code is distinct from f.credit_code
				and f.source_id <> ${recording.sourceId}::uuid`.execute(tx);
		await sql`
			insert into firm (id, name, credit_code, roles, source_id, source_row)
			select gen_random_uuid(), n.name, n.code, array[${role}::text], ${recording.sourceId}::uuid, n.row from (${named}) n
			on conflict (name) do nothing`.execute(tx);
	}
}

/** Puts every site into the town and grid it lies in, after their outlines have changed. */
async function placeSites(tx: Db, recording: Batch['recording']): Promise<void> {
	const lying = sql`
		select s.id, t.code as town_code, g.id as grid_id from site s
			left join lateral (
				select code from town where valid_to is null and ${coversColumn('town.boundary', 's.location')} order by code limit 1
			) t on true
			left join lateral (
				select id from management_grid
				where valid_to is null and ${coversColumn('management_grid.boundary', 's.location')} order by code limit 1
			) g on true
		where s.town_code is distinct from t.code or s.grid_id is distinct from g.id`;
	await recordBefore(tx, 'site', sql`select l.id::text from (${lying}) l`, recording);
	await sql`
		update site s set town_code = l.town_code, grid_id = l.grid_id
		from (${lying}) l where l.id = s.id`.execute(tx);
	const moved = sql`select subject_id from revision where source_id = ${recording.sourceId}::uuid and subject = 'site'`;
	await recordAfter(tx, 'site', moved, recording);
}
