// The ledger over a database: what a visit, a finding and a round change in it, on both databases.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Principal } from '#lib/domain/access/principal.ts';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import { closeCampaign } from '#lib/server/commands/close-campaign.ts';
import { makeRounds } from '#lib/server/commands/make-rounds.ts';
import { readCampaign } from '#lib/server/coverage/read-campaign.ts';
import { coverageNow, lookedBackAt } from '#lib/server/coverage/coverage-now.ts';
import { readLedger } from '#lib/server/coverage/read-ledger.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { firstRoundFindings } from '#lib/server/repositories/first-round.ts';
import { addRounds } from '#lib/server/repositories/coverage-round.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T02:00:00Z');
const planner: Principal = {
	kind: 'person',
	id: '4f0f1c1e-0000-4000-8000-000000000001',
	name: '沈岚',
	isDemo: false,
	grants: [{ role: 'dutyOfficer', area: '330109', layers: ['public', 'supervision'] }],
};
const caller = { principal: planner, address: null, now: NOW };

async function visit(
	db: Db,
	site: string,
	at: string,
	officers: string[],
	occasion: 'routine' | 'campaign' = 'routine',
	result: 'rectify' | 'stopWork' = 'rectify',
) {
	const { id: site_id, source_id } = await db
		.selectFrom('site')
		.select(['id', 'source_id'])
		.where('name', '=', site)
		.executeTakeFirstOrThrow();
	const id = randomUUID();
	await db
		.insertInto('visit')
		.values({ id, site_id, visited_at: at, supervisors: officers, occasion, result, source_id })
		.execute();
	return { id, site_id, source_id };
}

onBoth('the coverage ledger', (database) => {
	test('counts a visit on the axes of site and firm, machines only when looked at', async () => {
		const db = database().ingest;
		await aRegister(db)
			.withTown('330109001', '城厢街道', [120.25, 30.15])
			.withSite({ name: '湘湖里', town: '330109001', at: [120.25, 30.15] })
			.withSite({ name: '金城花园', town: '330109001', at: [120.26, 30.15] })
			.withCrane({ site: '湘湖里', record: '浙A-T-0001' })
			.build();
		const made = await makeRounds(db, caller, { make: 'year', year: 2026, calendar: 'halfYears' });
		expect(made.ok && made.ids).toHaveLength(24);
		const seen = await visit(db, '湘湖里', '2026-11-03T02:00:00Z', ['甲', '乙']);

		let ledger = await readLedger(db, SYSTEM, NOW);
		const round = () => ledger.rounds.find(({ name }) => name === '2026 年第二轮')!;
		expect(round().axes.sites).toEqual({ covered: 1, total: 2 });
		expect(round().axes.machines).toEqual({ covered: 0, total: 1 });
		expect(ledger.sites.map(({ name, isOpenInRound }) => [name, isOpenInRound])).toEqual([
			['湘湖里', false],
			['金城花园', true],
		]);

		const { id: machine_id } = await db.selectFrom('machine').select('id').executeTakeFirstOrThrow();
		await db.insertInto('visit_machine').values({ visit_id: seen.id, machine_id }).execute();
		ledger = await readLedger(db, SYSTEM, NOW);
		expect(round().axes.machines).toEqual({ covered: 1, total: 1 });
	});

	test('making the same year again adds nothing', async () => {
		const db = database().ingest;
		await makeRounds(db, caller, { make: 'year', year: 2026, calendar: 'halfYears' });
		const { rounds } = await readLedger(db, SYSTEM, NOW);
		expect(rounds.filter(({ name }) => name === '2026 年第二轮')).toHaveLength(1);
	});

	test('a finding of the first round is owed a look by somebody else in the second', async () => {
		const db = database().ingest;
		const first = await visit(db, '金城花园', '2026-05-04T02:00:00Z', ['甲', '乙']);
		await db
			.insertInto('hazard')
			.values({
				id: randomUUID(),
				site_id: first.site_id,
				visit_id: first.id,
				found_at: '2026-05-04T02:30:00Z',
				category: 'height',
				description: '临边防护缺失',
				found_by: 'patrol',
				due_on: '2026-05-11',
				source_id: first.source_id,
			})
			.execute();
		const owed = async () =>
			(await readLedger(db, SYSTEM, NOW)).sites.find(({ name }) => name === '金城花园')?.lookBack;
		expect(await owed()).toMatchObject({ findings: 1, notBy: ['乙', '甲'], byOn: '2026-05-14' });
		await visit(db, '金城花园', '2026-09-01T02:00:00Z', ['甲', '乙']);
		expect(await owed()).not.toBeNull();
		await visit(db, '金城花园', '2026-09-02T02:00:00Z', ['丙', '丁']);
		expect(await owed()).toBeNull();
	});

	test('whoever looks back is told what the round before found: by whom, by when, whether put right; nothing older', async () => {
		const db = database().ingest;
		const { id: visit_id, site_id, source_id } = await visit(db, '湘湖里', '2026-05-06T02:00:00Z', ['甲', '乙']);
		const finding = (description: string, found_at: string, closed_at: string | null) => ({
			...{ id: randomUUID(), site_id, source_id, category: 'height' as const, found_by: 'patrol' as const },
			...{ description, found_at, closed_at, visit_id, due_on: '2026-05-20' },
		});
		const photo = { id: randomUUID(), hazard_id: '' };
		const open = finding('护栏松动', '2026-05-06T02:40:00Z', null);
		photo.hazard_id = open.id;
		await db
			.insertInto('hazard')
			.values([
				finding('洞口未盖', '2026-05-06T02:30:00Z', '2026-05-12T17:00:00Z'),
				open,
				finding('去年的', '2025-10-06T02:40:00Z', '2025-10-09T02:00:00Z'),
			])
			.execute();
		const content = Buffer.from('ffd8ffe0', 'hex');
		const of = { mime: 'image/jpeg' as const, sha256: 'a'.repeat(64), content, received_from: '甲' };
		await db
			.insertInto('evidence')
			.values({ ...photo, ...of, taken_at: '2026-05-06T02:41:00Z', received_at: '2026-05-06T02:42:00Z' })
			.execute();
		const told = { siteId: site_id, foundOn: '2026-05-06', foundBy: ['甲', '乙'], dueOn: '2026-05-20' };
		expect(
			await firstRoundFindings(db, [site_id], await lookedBackAt(db, await coverageNow(db, NOW), '2026-09-03')),
		).toMatchObject([
			{ ...told, description: '护栏松动', closedOn: null, isRectified: false, photos: [photo.id] },
			{ ...told, description: '洞口未盖', closedOn: '2026-05-13', isRectified: true, photos: [] },
		]);
		expect(
			await firstRoundFindings(db, [site_id], await lookedBackAt(db, await coverageNow(db, NOW), '2026-05-20')),
		).toEqual([]);
		expect(await firstRoundFindings(db, [], await lookedBackAt(db, await coverageNow(db, NOW), '2026-09-03'))).toEqual(
			[],
		);
	});

	test('a campaign draws from what its filter lets through and ends with a report', async () => {
		const db = database().ingest;
		const filter = { stages: [], grades: [], towns: [], has: ['crane' as const], openHazards: false };
		const made = await makeRounds(db, caller, {
			make: 'campaign',
			campaign: { name: '塔吊专项', fromOn: '2026-11-01', toOn: '2026-11-30', quota: 1, filter, checklist: ['附着'] },
		});
		if (!made.ok) throw new Error(made.reason);
		const { rounds } = await readLedger(db, SYSTEM, NOW);
		expect(rounds.find(({ id }) => id === made.ids[0])?.axes.sites.total).toBe(1);
		await visit(db, '湘湖里', '2026-11-10T02:00:00Z', ['甲', '乙'], 'campaign');
		const closed = await closeCampaign(db, caller, made.ids[0]!);
		expect(closed).toMatchObject({ ok: true, report: { sampled: 1, visited: 1, findings: 0 } });
	});

	test('the report of a campaign names its towns, what is open, where work stopped and where nobody was', async () => {
		const db = database().ingest;
		await aRegister(db)
			.withTown('330109002', '北干街道', [120.3, 30.2])
			.withSite({ name: '北干医院', town: '330109002', at: [120.3, 30.2] })
			.build();
		const filter = { stages: [], grades: [], towns: [], has: [], openHazards: false };
		const made = await makeRounds(db, caller, {
			make: 'campaign',
			campaign: { name: '坍塌专项', fromOn: '2026-10-12', toOn: '2026-10-30', quota: 2, filter, checklist: ['放坡'] },
		});
		const id = made.ok ? made.ids[0]! : '';
		expect(await readCampaign(db, SYSTEM, id)).toBeUndefined();
		const seen = await visit(db, '金城花园', '2026-10-13T02:00:00Z', ['甲', '乙'], 'campaign', 'stopWork');
		const { site_id, source_id } = seen;
		const order = { id: randomUUID(), site_id, visit_id: seen.id, source_id, reason: '坑边堆载' };
		await db
			.insertInto('stop_work_order')
			.values({ ...order, ordered_on: '2026-10-13' })
			.execute();
		const found = { site_id, source_id, visit_id: seen.id, found_at: '2026-10-13T02:30:00Z' };
		const kind = { category: 'pit', found_by: 'campaign' } as const;
		await db
			.insertInto('hazard')
			.values([
				{ ...found, ...kind, id: randomUUID(), description: '未放坡', is_major: true, due_on: '2026-11-15' },
				{ ...found, ...kind, id: randomUUID(), description: '积水', closed_at: '2026-11-15T02:00:00Z' },
			])
			.execute();
		// A site that is finished at the end is named all the same.
		await db.updateTable('site').set({ state: 'finished' }).where('id', '=', site_id).execute();
		await closeCampaign(db, caller, id);
		await db.updateTable('site').set({ state: 'active' }).where('id', '=', site_id).execute();
		await db.updateTable('hazard').set({ closed_at: NOW }).where('site_id', '=', site_id).execute();

		const report = await readCampaign(db, SYSTEM, id);
		expect(report).toMatchObject({
			...{ name: '坍塌专项', closedOn: '2026-11-20', sampled: 2, sites: 3, checklist: ['放坡'] },
			sums: { visited: 1, findings: 2, majors: 1, closed: 1, stopWork: 1 },
			detail: {
				towns: [
					{ name: '城厢街道', sites: 2, visited: 1, findings: 2, majors: 1, closed: 1, stopWork: 1 },
					{ name: '北干街道', sites: 1, visited: 0, findings: 0 },
				],
				categories: [{ category: 'pit', findings: 2, majors: 1, closed: 1 }],
				openMajors: [{ site: '金城花园', description: '未放坡', dueOn: '2026-11-15', overdueDays: 5 }],
				stops: [{ site: '金城花园', on: '2026-10-13', reason: '坑边堆载', liftedOn: null }],
				notVisited: [{ name: '湘湖里' }, { name: '北干医院' }],
			},
		});
		const { rounds } = await readLedger(db, SYSTEM, NOW);
		expect(rounds.find((one) => one.id === id)!.report).toEqual({
			...{ sampled: 2, visited: 1, findings: 2, majors: 1, closed: 1, stopWork: 1 },
		});

		const town: Scope = { kind: 'areas', areas: ['330109002'], layers: ['public', 'supervision'] };
		expect(await readCampaign(db, town, id)).toMatchObject({
			...{ sampled: null, sites: 1, sums: { visited: 0, findings: 0, majors: 0 } },
			detail: { towns: [{ name: '北干街道' }], openMajors: [], stops: [], notVisited: [{ name: '北干医院' }] },
		});
	});

	test('a report from before it named its sites is shown with its sums', async () => {
		const db = database().ingest;
		const sums = { sampled: 9, visited: 8, findings: 7, majors: 1, closed: 6, stopWork: 1 };
		const [id] = await addRounds(
			db,
			[{ name: '往年专项', kind: 'campaign', fromOn: '2026-09-01', toOn: '2026-09-30', looksBackTo: null }],
			NOW,
			'system',
		);
		const old = { report: JSON.stringify(sums), closed_at: NOW };
		await db.updateTable('coverage_round').set(old).where('id', '=', id!).execute();
		const { sampled, ...counted } = sums;
		expect(await readCampaign(db, SYSTEM, id!)).toMatchObject({ sampled, sums: counted, sites: null, detail: null });
	});

	test('only who plans may make rounds', async () => {
		const leader: Principal = { ...planner, grants: [{ role: 'leader', area: '330109', layers: ['public'] }] };
		const wish = { make: 'year', year: 2027, calendar: 'changzhou' } as const;
		const refused = await makeRounds(database().ingest, { ...caller, principal: leader }, wish);
		expect(refused).toEqual({ ok: false, reason: 'forbidden' });
	});
});
