// A campaign is planned within what it asked for: nobody is disturbed beyond the sample, and one visit serves all. On
// both databases.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { changePlan } from '#lib/server/commands/change-plan.ts';
import { closeCampaign } from '#lib/server/commands/close-campaign.ts';
import { draftPlan } from '#lib/server/commands/draft-plan.ts';
import { issuePlan } from '#lib/server/commands/issue-plan.ts';
import { makeRounds } from '#lib/server/commands/make-rounds.ts';
import { readLedger } from '#lib/server/coverage/read-ledger.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { planById } from '#lib/server/repositories/patrol-plan.ts';
import { aRegister } from '../builders.ts';
import { planner } from '../on-duty.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T01:00:00Z');
const by = { principal: planner, address: null, now: NOW };

async function visited(db: Db, name: string, at: string, occasion: 'routine' | 'campaign' = 'routine'): Promise<void> {
	const site = await db
		.selectFrom('site')
		.select(['id', 'source_id'])
		.where('name', '=', name)
		.executeTakeFirstOrThrow();
	const visit = {
		id: randomUUID(),
		site_id: site.id,
		visited_at: at,
		supervisors: ['甲', '乙'],
		source_id: site.source_id,
	};
	await db
		.insertInto('visit')
		.values({ ...visit, occasion, result: 'rectify' })
		.execute();
}

onBoth('a campaign', (database) => {
	let campaign = '';
	const plan = async (more: object = {}) => {
		const wish = {
			on: '2026-11-20',
			template: 'campaign' as const,
			name: '',
			teams: 1,
			officers: [],
			towns: [],
			...more,
		};
		const made = await draftPlan(database().ingest, by, wish, undefined, '专项');
		return made.ok
			? (await planById(database().ingest, SYSTEM, made.id))!.visits.visits.map(({ name }) => name)
			: made.reason;
	};

	test('that nobody has made asks for no visit, and the planner says so', async () => {
		const register = ['甲', '乙'].reduce(
			(all, name) => all.withOfficer(name),
			aRegister(database().ingest).withTown('330109001', '城厢街道', [120.25, 30.15]).withBase('站', [120.25, 30.155]),
		);
		for (let i = 0; i < 8; i++) {
			register.withSite({ name: `工地${i}`, town: '330109001', at: [120.2 + i * 0.003, 30.15] });
			if (i < 6) register.withPit({ site: `工地${i}`, name: '1# 坑', depthM: 8 });
		}
		await register.build();
		expect(await plan()).toBe('no-campaign-runs');
	});

	test('asks for its sample, of the sites its filter lets through', async () => {
		const filter = { stages: [], grades: [], towns: [], has: ['pit' as const], openHazards: false };
		const wish = {
			name: '深基坑专项',
			fromOn: '2026-11-10',
			toOn: '2026-11-30',
			quota: 3,
			filter,
			checklist: ['放坡'],
		};
		const made = await makeRounds(database().ingest, by, { make: 'campaign', campaign: wish });
		campaign = made.ok ? made.ids[0]! : '';
		const other = { ...wish, quota: 2, checklist: ['别的'] };
		expect(await makeRounds(database().ingest, by, { make: 'campaign', campaign: other })).toMatchObject({
			reason: 'campaign-is-there',
		});
		const asked = await plan();
		expect(asked).toHaveLength(3);
		expect(await plan({ roundId: campaign })).toEqual(asked);
		expect(await plan({ roundId: randomUUID() })).toBe('no-campaign-runs');
		expect(await plan({ on: '2026-12-01' })).toBe('no-campaign-runs');
	});

	test('counts a routine visit to a site of the sample, and does not ask for that site again', async () => {
		await visited(database().ingest, '工地2', '2026-11-18T02:00:00Z');
		const asked = await plan();
		expect(asked).toHaveLength(2);
		expect(asked).not.toContain('工地2');
	});

	test('asks for nobody more when its sample has been seen, and its report counts what the ledger counts', async () => {
		await visited(database().ingest, '工地3', '2026-11-18T03:00:00Z');
		await visited(database().ingest, '工地4', '2026-11-19T02:00:00Z');
		await visited(database().ingest, '工地7', '2026-11-19T03:00:00Z');
		expect(await plan()).toBe('no-campaign-runs');
		const closed = await closeCampaign(database().ingest, by, campaign);
		expect(closed).toMatchObject({ ok: true, report: { sampled: 3, visited: 3 } });
	});

	test('once it has its report, keeps it', async () => {
		await visited(database().ingest, '工地5', '2026-11-19T06:00:00Z');
		expect(await closeCampaign(database().ingest, by, campaign)).toMatchObject({ reason: 'is-closed' });
	});

	test('does not count the visits of another that ran on the same days', async () => {
		const pits = { stages: [], grades: [], towns: [], has: ['pit' as const], openHazards: false };
		const wish = { name: '基坑复查', fromOn: '2026-11-10', toOn: '2026-11-30', quota: 6, filter: pits, checklist: [] };
		const made = await makeRounds(database().ingest, by, { make: 'campaign', campaign: wish });
		await visited(database().ingest, '工地6', '2026-11-19T07:00:00Z', 'campaign');
		const closed = await closeCampaign(database().ingest, by, made.ok ? made.ids[0]! : '');
		expect(closed).toMatchObject({ ok: true, report: { visited: 4 } });
	});

	test('counts a visit its plan was made for, although the site was finished since and another ran beside it', async () => {
		const db = database().ingest;
		const filter = { stages: [], grades: [], towns: [], has: [], openHazards: false };
		const wish = { fromOn: '2026-11-20', toOn: '2026-11-25', quota: 2, filter, checklist: [] };
		const [sent = '', beside = ''] = await Promise.all(
			['扬尘专项', '临电专项'].map(async (name) => {
				const made = await makeRounds(db, by, { make: 'campaign', campaign: { ...wish, name } });
				return made.ok ? made.ids[0]! : '';
			}),
		);
		const day = { on: '2026-11-20', template: 'campaign' as const, name: '', teams: 1, officers: [], towns: [] };
		const made = await draftPlan(db, by, { ...day, roundId: sent }, undefined, '专项');
		if (!made.ok) throw new Error(made.reason);
		const { revision, visits } = (await planById(db, SYSTEM, made.id))!;
		const [first] = visits.visits;
		const drafts = [{ team: 't1', visits: [first!.key] }];
		await changePlan(db, by, made.id, { revision, drafts, locked: [], departments: {} });
		expect(await issuePlan(db, by, made.id)).toMatchObject({ ok: true });
		await visited(db, first!.name, '2026-11-20T06:00:00Z', 'campaign');
		const { id } = await db.selectFrom('visit').select('id').orderBy('visited_at', 'desc').executeTakeFirstOrThrow();
		await db.updateTable('patrol_stop').set({ state: 'done', visit_id: id }).where('plan_id', '=', made.id).execute();
		await db.updateTable('site').set({ state: 'finished' }).where('id', '=', first!.siteId).execute();

		// The ledger of the running campaign counts what its report will.
		const { rounds } = await readLedger(db, SYSTEM, NOW);
		const covered = (id: string) => rounds.find((round) => round.id === id)!;
		expect(covered(sent)).toMatchObject({ axes: { sites: { covered: 1 } }, forecast: { remaining: 1 } });
		expect(covered(beside)).toMatchObject({ axes: { sites: { covered: 0 } }, forecast: { remaining: 2 } });
		expect(await closeCampaign(db, by, sent)).toMatchObject({ ok: true, report: { visited: 1 } });
		expect(await closeCampaign(db, by, beside)).toMatchObject({ ok: true, report: { visited: 0 } });
	});
});
