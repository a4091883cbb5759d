// Pictures and papers go at their age: stills, photographs of findings, signs and floods, orders of past events, what
// phones sent. Whatever an open finding, sign, alarm or event, or the trail, still speaks of stays, whatever its age.

import { randomUUID } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { retentionRules } from '#db/rules/operations.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { audit } from '#lib/server/audit/audit.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { dropAgedThings } from '#lib/server/jobs/drop-aged.ts';
import { evidenceById } from '#lib/server/repositories/evidence.ts';
import { photoOf } from '#lib/server/repositories/flood-photo.ts';
import { twoTowns, type OneTown } from '../flow/two-towns.ts';
import { onBoth } from './both.ts';
import { keepHouseAt } from './keep-house.ts';

const NOW = new Date('2036-11-20T08:00:00Z');
const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const { stillDays, evidenceDays, fieldItemDays, auditDays, perBatch } = retentionRules;

onBoth('pictures and papers at their age', (database) => {
	let town: OneTown;
	let event: string;
	let item: string;
	let officer: string;

	const run = (query: RawBuilder<unknown>) => query.execute(database().ingest);
	const keep = (isJudge = true) => keepHouseAt(database(), NOW, isJudge);
	const entries = async () => {
		const { rows } = await sql<{ object: string; detail: { count: number }; outcome: string }>`
			select object, detail, outcome from audit where action = 'retention:drop' order by seq`.execute(database().read);
		return rows.map(({ object, detail }) => `${object} ${detail.count}`);
	};
	const count = async (from: RawBuilder<unknown>) => {
		const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${from}`.execute(database().read);
		return rows[0]!.n;
	};
	const left = async () => ({
		stills: await count(sql`still where id = ${town.still}`),
		finding: await count(sql`evidence where id = ${town.fieldPhoto} and expired_at is null and content <> ''`),
		sign: await count(sql`pit_danger where id = ${town.danger} and photo is not null`),
		flood: await count(sql`flood_photo where id = ${town.floodPhoto} and expired_at is null and bytes <> ''`),
		order: await count(sql`flood_notice where id = ${town.notice}`),
		item: await count(sql`field_item where id = ${item}`),
	});
	const ALL = { stills: 1, finding: 1, sign: 1, flood: 1, order: 1, item: 1 };
	const NONE = { stills: 0, finding: 0, sign: 0, flood: 0, order: 0, item: 0 };

	beforeAll(async () => {
		({ own: town, floodEvent: event } = await twoTowns(database().ingest));
		item = randomUUID();
		officer = randomUUID();
		await run(sql`insert into officer (id, name, source_id) values (${officer}, '沈岚', ${town.source})`);
		// The other town's things are of today.
		await run(sql`update flood_photo set taken_at = ${NOW} where id <> ${town.floodPhoto}`);
		await run(sql`update evidence set taken_at = ${NOW} where id <> ${town.fieldPhoto}`);
		await run(sql`update still set observed_at = ${NOW} where id <> ${town.still}`);
		await run(sql`update flood_notice set sent_at = ${NOW} where id <> ${town.notice}`);
	});

	beforeEach(async () => {
		await run(sql`truncate audit`);
		await pastAge(1);
	});

	/** Everything of the town there, days past its age, and closed and ended as long ago. */
	async function pastAge(over: number): Promise<void> {
		const [still, paper] = [ago(stillDays.value + over), ago(evidenceDays.value + over)];
		await run(sql`delete from still where id = ${town.still}`);
		await run(sql`insert into still (id, device_id, observed_at, received_at, event, content_type, sha256, bytes)
			values (${town.still}, ${town.device}, ${still}, ${still}, 'x', 'image/png', ${Buffer.alloc(32)}, 'x')`);
		await run(
			sql`update evidence set taken_at = ${paper}, content = 'x', expired_at = null where id = ${town.fieldPhoto}`,
		);
		await run(sql`update hazard set found_at = ${ago(4000)}, closed_at = ${paper} where site_id = ${town.site}`);
		await run(sql`update pit_danger set reported_at = ${ago(4000)}, ended_at = ${paper}, ended_by_name = '沈岚',
			photo = 'x', photo_type = 'image/png' where id = ${town.danger}`);
		await run(sql`delete from alarm where device_id = ${town.device} and condition = 'wind'`);
		await run(sql`update alarm set raised_at = ${ago(4001)}, cleared_at = ${paper}, closed_at = ${paper},
			handling = 'closed' where id = ${town.alarm}`);
		await run(
			sql`update flood_photo set taken_at = ${paper}, bytes = 'x', expired_at = null where id = ${town.floodPhoto}`,
		);
		await run(sql`update flood_event set began_at = ${ago(4000)}, ended_at = ${paper} where id = ${event}`);
		await run(sql`insert into flood_notice (id, event_id, site_id, link_hash, reason, sent_at, answer_by)
			values (${town.notice}, ${event}, ${town.site}, 'hash', 'x', ${NOW}, ${NOW}) on conflict do nothing`);
		await run(sql`update flood_notice set sent_at = ${ago(4000)}, ended_at = ${paper} where id = ${town.notice}`);
		await run(sql`delete from flood_receipt where notice_id = ${town.notice}`);
		await run(sql`insert into flood_receipt (id, notice_id, kind, at, by_name, photo_id)
			values (${randomUUID()}, ${town.notice}, 'seen', ${ago(4000)}, 'x', ${town.floodPhoto})`);
		await run(sql`delete from field_item`);
		const phone = ago(fieldItemDays.value + over);
		await run(sql`insert into field_item (id, kind, officer_id, recorded_at, received_at, outcome)
			values (${item}, 'arrive', ${officer}, ${phone}, ${phone}, '{}')`);
	}
	const said = (object: string, at: Date) =>
		transaction(database().ingest, (tx) =>
			audit(tx, { at, actor: 'person:x', actorKind: 'person', action: 'sheet:open', object, outcome: 'done' }),
		);

	/** As long as it is open, whatever its device saw and whatever was seen in its pit belongs to it. */
	const openAlarm = () => sql`
		insert into alarm (id, device_id, condition, site_id, level, value, peak, limit_value, unit, rule_key, spoke_at, raised_at, last_at)
		values (gen_random_uuid(), ${town.device}, 'wind', ${town.site}, 'danger', 1, 1, 1, '%', 'x', ${NOW}, ${ago(4001)}, ${NOW})`;

	test('the day before their age all of them stay, and the trail says nothing', async () => {
		await pastAge(-1);
		await keep();
		expect(await left()).toEqual(ALL);
		expect(await entries()).toEqual([]);
	});

	test('past it they go, each kind with its count in the trail; a second run has nothing to say', async () => {
		await keep();
		expect(await left()).toEqual(NONE);
		const gone = ['still 1', 'findingPhoto 1', 'dangerPhoto 1', 'floodNotice 1', 'floodPhoto 1', 'fieldItem 1'];
		expect(await entries()).toEqual(gone);
		await keep();
		expect(await entries()).toEqual(gone);
	});

	test('of a photograph the hash and the moment stay; nobody is shown it any more', async () => {
		const shown = async () => [
			await evidenceById(database().read, SYSTEM, town.fieldPhoto),
			await photoOf(database().read, SYSTEM, town.floodPhoto),
		];
		expect((await shown()).every((photo) => photo !== undefined)).toBe(true);
		await keep();
		expect(await shown()).toEqual([undefined, undefined]);
		const { rows } = await sql<{ sha256: string; isPlaced: boolean }>`
			select sha256, location is not null as "isPlaced" from evidence where id = ${town.fieldPhoto}
			union all select sha256, false from flood_photo where id = ${town.floodPhoto}`.execute(database().read);
		expect(rows).toEqual([
			{ sha256: 'cd'.repeat(32), isPlaced: false },
			{ sha256: 'ab'.repeat(32), isPlaced: false },
		]);
	});

	test('what is of today stays beside it', async () => {
		await keep();
		expect(await count(sql`still`)).toBe(1);
		expect(await count(sql`evidence where expired_at is null`)).toBe(1);
		expect(await count(sql`flood_photo where expired_at is null`)).toBe(1);
		expect(await count(sql`flood_notice`)).toBe(1);
	});

	test.each<[string, keyof typeof ALL, () => RawBuilder<unknown>]>([
		['the photograph of a finding that is not closed', 'finding', () => sql`update hazard set closed_at = null`],
		[
			'the photograph of a finding that was closed lately',
			'finding',
			() => sql`update hazard set closed_at = ${ago(evidenceDays.value - 1)}`,
		],
		[
			'the photograph of a sign of danger that stands',
			'sign',
			() => sql`update pit_danger set ended_at = null, ended_by_name = null`,
		],
		['the photograph of a sign where an alarm of that time is not closed', 'sign', openAlarm],
		['a still beside an alarm that is not closed', 'stills', openAlarm],
		[
			'the order of an event that is open',
			'order',
			() => sql`update flood_event set ended_at = null where id = ${event}`,
		],
		[
			'the photograph of an event that is open',
			'flood',
			() => sql`update flood_event set ended_at = null where id = ${event}`,
		],
		['the order that was never ended', 'order', () => sql`update flood_notice set ended_at = null`],
	])('%s stays whatever its age', async (_, what, hold) => {
		await run(hold());
		await keep();
		expect((await left())[what]).toBe(1);
	});

	test('a photograph of a site nobody has looked into yet stays', async () => {
		const found = randomUUID();
		await run(sql`insert into found_site (id, kind, location, evidence_id, found_at, found_by)
			select ${found}, 'smallWorks', location, ${town.fieldPhoto}, ${ago(4000)}, 'x' from site where id = ${town.site}`);
		await keep();
		expect((await left()).finding).toBe(1);
		await run(sql`update found_site set handled_at = ${ago(evidenceDays.value + 1)} where id = ${found}`);
		await keep();
		expect((await left()).finding).toBe(0);
	});

	test('what the trail speaks of stays as long as the trail is kept for certain, and then goes', async () => {
		const spoken = () => [
			`still ${town.still}`,
			...[town.fieldPhoto, town.danger, town.floodPhoto].map((id) => `photo ${id}`),
			...[`notice ${town.notice}`, `item ${item}`],
		];
		for (const object of spoken()) await said(object, ago(auditDays.value - 1));
		await keep();
		expect(await left()).toEqual(ALL);
		await run(sql`truncate audit`);
		for (const object of spoken()) await said(object, ago(auditDays.value + 1));
		await keep();
		expect(await left()).toEqual(NONE);
	});

	test('many go batch by batch; ended between two, the next run goes on where it was', async () => {
		const more = perBatch.value * 2;
		await run(sql`insert into still (id, device_id, observed_at, received_at, event, content_type, sha256, bytes)
			select gen_random_uuid(), ${town.device}, ${ago(3000)}::timestamptz + n * interval '1 second', ${ago(3000)}, 'x',
				'image/png', ${Buffer.alloc(32)}, 'x' from generate_series(1, ${more}::int) n`);
		let asked = 0;
		expect(await dropAgedThings(database().ingest, NOW, () => asked++ === 0)).toEqual({ still: perBatch.value });
		expect(await entries()).toEqual([`still ${perBatch.value}`]);
		expect(await dropAgedThings(database().ingest, NOW)).toMatchObject({ still: perBatch.value + 1 });
	});

	test('when its entry cannot be written nothing goes', async () => {
		await run(sql`alter table audit add constraint none check (action <> 'retention:drop')`);
		try {
			await expect(keep()).rejects.toThrow();
			expect(await left()).toEqual(ALL);
		} finally {
			await run(sql`alter table audit drop constraint none`);
		}
	});

	test('only the process that judges takes away', async () => {
		await keep(false);
		expect(await left()).toEqual(ALL);
	});
});
