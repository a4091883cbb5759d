// A district of two towns, each with one of everything a person may ask for by its id. What belongs to the own town is
// called OWN, what belongs to the other OTHER, in every name; so a leak shows in any answer.

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '#lib/server/db/connection.ts';
import { addRounds, closeRound } from '#lib/server/repositories/coverage-round.ts';
import { ensureReadingPartitions } from '#lib/server/db/partition.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { appendEvents } from '#lib/server/events/log.ts';
import { fromGeoJson, fromLngLat } from '#lib/server/db/geo.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import { aRegister, square } from '../builders.ts';

export const TOWN = '330109001';
export const OTHER_TOWN = '330109002';
const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==',
	'base64',
);

export interface OneTown {
	code: string;
	/** Stands in everything that belongs here. */
	mark: 'OWN' | 'OTHER';
	site: string;
	machine: string;
	installation: string;
	pit: string;
	point: string;
	device: string;
	alarm: string;
	still: string;
	danger: string;
	draft: string;
	active: string;
	handover: string;
	notice: string;
	floodPhoto: string;
	fieldPhoto: string;
	grid: string;
	source: string;
	plan: string;
	draw: string;
}

/** Both towns; `floodEvent` is the district's. */
/** A campaign of the district that went to both towns and has its report. */
export const CAMPAIGN = '00000000-0000-4000-8000-00000000ca01';

export async function twoTowns(db: Db): Promise<{ own: OneTown; other: OneTown; floodEvent: string; at: Date }> {
	const at = new Date();
	const floodEvent = randomUUID();
	await db.insertInto('flood_event').values({ id: floodEvent, name: '汛期', began_at: at }).execute();
	const own = await oneTown(db, 'OWN', TOWN, [120.27, 30.17], floodEvent, at);
	const other = await oneTown(db, 'OTHER', OTHER_TOWN, [120.31, 30.21], floodEvent, at);
	await endedCampaign(db, [own, other], at);
	await stoodElsewhere(db, own, other, at);
	await stoodElsewhere(db, other, own, at);
	return { own, other, floodEvent, at };
}

async function endedCampaign(db: Db, towns: readonly OneTown[], at: Date): Promise<void> {
	const day = at.toISOString().slice(0, 10);
	const round = { name: '深基坑专项', kind: 'campaign' as const, fromOn: day, toOn: day, looksBackTo: null };
	await addRounds(db, [{ id: CAMPAIGN, ...round }], at, 'system');
	const sites = towns.map(({ site, mark, code }) => ({
		...{ siteId: site, name: `工地 ${mark}`, townCode: code, town: `镇 ${mark}`, gridCode: null },
		...{ isVisited: false, findings: [], stops: [] },
	}));
	const sums = { sampled: 2, visited: 0, findings: 0, majors: 0, closed: 0, stopWork: 0 };
	await closeRound(db, CAMPAIGN, { sums, sites, at });
}

async function oneTown(
	db: Db,
	mark: OneTown['mark'],
	code: string,
	center: LngLat,
	floodEvent: string,
	at: Date,
): Promise<OneTown> {
	const device = `TC-${mark}`;
	await aRegister(db)
		.withTown(code, `镇 ${mark}`, center)
		.withSite({ name: `工地 ${mark}`, town: code, at: center })
		.withCrane({ site: `工地 ${mark}`, record: `浙A-${mark}`, device, madeOn: '2020-01-01', ratedMomentKnm: 800 })
		.withPit({ site: `工地 ${mark}`, name: `基坑 ${mark}`, points: [`CX-${mark}`] })
		.withSiteDevice(`工地 ${mark}`, 'hotWork', `HJ-${mark}`)
		.withHazard({ site: `工地 ${mark}`, foundAt: at.toISOString() })
		.build();
	const site = await idOf(db, sql`select id from site where name = ${`工地 ${mark}`}`);
	const machine = await idOf(db, sql`select id from machine where property_record_no = ${`浙A-${mark}`}`);
	const installation = await idOf(db, sql`select id from installation where machine_id = ${machine}`);
	const pit = await idOf(db, sql`select id from pit where name = ${`基坑 ${mark}`}`);
	const point = await idOf(db, sql`select id from monitor_point where pit_id = ${pit}`);
	const source = await idOf(db, sql`select source_id as id from site where id = ${site}`);
	const town: OneTown = {
		...{ code, mark, site, machine, installation, pit, point, device, source },
		...{ alarm: randomUUID(), still: randomUUID(), danger: randomUUID(), draft: randomUUID(), active: randomUUID() },
		...{ handover: randomUUID(), notice: randomUUID(), floodPhoto: randomUUID(), fieldPhoto: randomUUID() },
		...{ grid: randomUUID(), plan: randomUUID(), draw: randomUUID() },
	};
	await alarms(db, town, at);
	await told(db, town, at);
	await welding(db, mark, at);
	await flood(db, town, floodEvent, at);
	await patrol(db, town, center, at);
	await transaction(db, (tx) =>
		appendEvents(tx, [
			{
				...{ at, type: 'register:changed', data: { subject: 'site', change: 'added' } },
				subject: { kind: 'site', id: site, siteId: site, townCode: code },
			},
		]),
	);
	return town;
}

async function alarms(db: Db, { mark, ...town }: OneTown, at: Date): Promise<void> {
	await db
		.insertInto('alarm')
		.values({
			...{ id: town.alarm, device_id: town.device, condition: 'moment', site_id: town.site, level: 'danger' },
			...{ value: 120, peak: 120, limit_value: 100, unit: '%', rule_key: 'towerCrane.moment' },
			...{ spoke_at: at, raised_at: at, last_at: at },
		})
		.execute();
	await db
		.insertInto('still')
		.values({
			...{ id: town.still, device_id: town.device, observed_at: at, received_at: at, event: mark },
			...{ content_type: 'image/png', sha256: Buffer.alloc(32), bytes: PIXEL },
		})
		.execute();
	await db
		.insertInto('pit_danger')
		.values({
			...{ id: town.danger, pit_id: town.pit, sign: 1, note: mark, photo: PIXEL, photo_type: 'image/png' },
			...{ reported_at: at, reported_by: 'test', reported_by_name: mark },
		})
		.execute();
	for (const state of ['draft', 'active'] as const)
		await db
			.insertInto('rule_change')
			.values({
				...{ id: town[state], rule_key: 'towerCrane.moment', scope_kind: 'site', scope_id: town.site, state },
				...{ values: JSON.stringify({ deadband: 6 }), valid_from: at, reason: mark, created_at: at },
				...{ created_by: 'test', created_by_name: mark },
				...(state === 'active' && { activated_at: at, activated_by_name: mark }),
			})
			.execute();
	const empty = { reds: [], shelved: [], promises: [], silent: [], outOfService: [] };
	const counts = { raised: 0, closed: 0, acknowledged: 0, incidents: 0 };
	await db
		.insertInto('handover')
		.values({
			...{ id: town.handover, area: town.code, from_at: new Date(+at - 1000), to_at: at, note: mark },
			sheet: JSON.stringify({ from: at.toISOString(), to: at.toISOString(), ...empty, counts }),
			...{ from_person_id: randomUUID(), from_person: mark, from_signed_at: at },
		})
		.execute();
}

/** Its crane came from a site of the other town, and the register remembers it. */
async function stoodElsewhere(db: Db, town: OneTown, before: OneTown, at: Date): Promise<void> {
	const id = randomUUID();
	await sql`
		insert into installation (id, machine_id, site_id, site_no, location, installed_on, removed_on, source_id)
		select ${id}, ${town.machine}, ${before.site}, ${`曾在 ${before.mark}`}, location, '2020-02-01', '2021-02-01', source_id
		from installation where id = ${before.installation}`.execute(db);
	for (const [subject, key, name] of [
		['installation', id, `曾在 ${before.mark}`],
		['site', town.site, `工地 ${town.mark}`],
		['pit', town.pit, `基坑 ${town.mark}`],
	] as const)
		await sql`
			insert into revision (subject, subject_id, valid_from, recorded_at, recorded_by, source_id, after)
			select ${subject}, ${key}, ${at}, ${at}, 'test', ${town.source},
				jsonb_build_object('name', ${name}::text, 'site_no', ${name}::text)`.execute(db);
}

/** What was told of its alarm: a step, who saw it, who was told and how. */
async function told(db: Db, { alarm, mark }: OneTown, at: Date): Promise<void> {
	await db
		.insertInto('alarm_step')
		.values({ alarm_id: alarm, at, move: 'raised', note: `步骤 ${mark}` })
		.execute();
	await db
		.insertInto('alarm_seen')
		.values({ alarm_id: alarm, person_id: 'p', person_name: `见 ${mark}`, device: 'd', first_at: at, last_at: at })
		.execute();
	const escalation = randomUUID();
	await db
		.insertInto('escalation')
		.values({
			...{ id: escalation, subject_id: alarm, alarm_id: alarm, spoke_at: at, rung: 1, role: 'dutyOfficer' },
			...{ person_name: `告 ${mark}`, told_at: at, stopped_at: at, stop_reason: 'test' },
		})
		.execute();
	await db
		.insertInto('notice')
		.values({
			...{ id: randomUUID(), escalation_id: escalation, channel: 'webhook', address: `网关 ${mark}`, body: '{}' },
			...{ state: 'failed', next_at: at, error: `未达 ${mark}` },
		})
		.execute();
}

/** Its welding machine is on when the server starts. */
async function welding(db: Db, mark: OneTown['mark'], at: Date): Promise<void> {
	await ensureReadingPartitions(db, at.toISOString().slice(0, 10), 1);
	await sql`
		insert into reading (device_no, observed_at, seq, received_at, values)
		select no, ${at}, 1, ${at}, '{"welding": true}' from device where id = ${`HJ-${mark}`}`.execute(db);
}

async function flood(db: Db, { mark, ...town }: OneTown, event: string, at: Date): Promise<void> {
	await db
		.insertInto('flood_photo')
		.values({ id: town.floodPhoto, sha256: 'ab'.repeat(32), media_type: 'image/png', bytes: PIXEL, taken_at: at })
		.execute();
	await db
		.insertInto('flood_notice')
		.values({
			...{ id: town.notice, event_id: event, site_id: town.site, link_hash: `hash-${mark}`, link: `link-${mark}` },
			...{ reason: mark, sent_at: at, answer_by: at },
		})
		.execute();
	await db
		.insertInto('flood_receipt')
		.values({
			...{ id: randomUUID(), notice_id: town.notice, kind: 'seen', at, by_name: mark, photo_id: town.floodPhoto },
		})
		.execute();
}

async function patrol(db: Db, { mark, ...town }: OneTown, center: LngLat, at: Date): Promise<void> {
	await db
		.insertInto('management_grid')
		.values({
			...{ id: town.grid, code: `${town.code}000001`, name: `网格 ${mark}`, town_code: town.code },
			...{ boundary: fromGeoJson(square(center, 900)), valid_from: '2021-04-09', source_id: town.source },
		})
		.execute();
	const visit = { key: 'v1', siteId: town.site, name: `工地 ${mark}`, reasons: [] };
	const places = [
		{ id: 'base', at: center },
		{ id: 'p1', at: center },
	];
	await db
		.insertInto('patrol_plan')
		.values({
			...{
				id: town.plan,
				plan_on: at.toISOString().slice(0, 10),
				name: `计划 ${mark}`,
				template: 'daily',
				state: 'draft',
			},
			problem: JSON.stringify({ places, teams: [], visits: [] }),
			teams: JSON.stringify({ teams: [], base: { name: '监督站', at: center }, estimate: {}, note: null, days: [] }),
			visits: JSON.stringify({ visits: [visit], notAsked: [], merges: 0 }),
			...{ travel: 'estimate', created_at: at, created_by: 'test' },
		})
		.execute();
	await db
		.insertInto('patrol_draw')
		.values({
			...{ id: town.draw, plan_on: at.toISOString().slice(0, 10), purpose: mark, seed: 'ab', commitment: `c-${mark}` },
			pool: JSON.stringify({ sites: [town.site], officers: [], count: 1, teams: 1, avoids: [], filter: '' }),
			...{ committed_at: at, committed_by: 'test' },
		})
		.execute();
	const hazard = await idOf(db, sql`select id from hazard where site_id = ${town.site}`);
	await db
		.insertInto('evidence')
		.values({
			...{ id: town.fieldPhoto, hazard_id: hazard, mime: 'image/png', sha256: 'cd'.repeat(32), content: PIXEL },
			...{ taken_at: at, location: fromLngLat(center), received_at: at, received_from: 'test' },
		})
		.execute();
}

async function idOf(db: Db, query: ReturnType<typeof sql>): Promise<string> {
	const { rows } = await query.execute(db);
	return (rows[0] as { id: string }).id;
}
