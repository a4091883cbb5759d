// The sheets of one site, one machine, one pit: complete, and closed to whoever has no business there.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { machineDossier } from '#lib/server/repositories/machine.ts';
import { pitDossier } from '#lib/server/repositories/pit.ts';
import { siteDossier } from '#lib/server/repositories/site.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T08:00:00Z');
const inArea = (area: string, layers: ('supervision' | 'personal')[] = ['supervision']): Scope => ({
	kind: 'areas',
	areas: [area],
	layers: ['public', ...layers],
});
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

async function idOf(db: Db, table: 'site' | 'pit', name: string): Promise<string> {
	return (await db.selectFrom(table).select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;
}
async function installationId(db: Db, record: string): Promise<string> {
	const row = await db
		.selectFrom('installation')
		.innerJoin('machine', 'machine.id', 'installation.machine_id')
		.select('installation.id')
		.where('machine.property_record_no', '=', record)
		.executeTakeFirstOrThrow();
	return row.id;
}
async function report(db: Db, device: string, observed_at: Date, values: object): Promise<void> {
	const { no } = await db.selectFrom('device').select('no').where('id', '=', device).executeTakeFirstOrThrow();
	await db
		.insertInto('reading')
		.values({ device_no: no, observed_at, seq: 0, received_at: observed_at, values: JSON.stringify(values) })
		.execute();
}

onBoth('dossiers', (database) => {
	test('a site lists parties, open hazards major first, signs and visits', async () => {
		const db = database().read;
		await aRegister(db)
			.withTown('330109001', '城厢街道', [120.25, 30.15])
			.withTown('330109002', '北干街道', [120.28, 30.18])
			.withSite({ name: '湘湖里', town: '330109001', at: [120.25, 30.15], permitNo: '330109202503120101' })
			.withSite({ name: '无红线', town: '330109002', at: [120.28, 30.18] })
			.withCrane({
				site: '湘湖里',
				record: '浙A-T-0001',
				device: 'TC-0001',
				madeOn: '2005-01-01',
				ratedMomentKnm: 1500,
			})
			.withCrane({ site: '湘湖里', record: '浙A-T-0002' })
			.withPit({ site: '湘湖里', name: '主楼基坑', depthM: 9.5, points: ['CX-01', 'CX-02'] })
			.withHazard({ site: '湘湖里', foundAt: '2026-11-01T02:00:00Z' })
			.withHazard({ site: '湘湖里', foundAt: '2026-11-05T02:00:00Z', major: true })
			.withHazard({ site: '湘湖里', foundAt: '2026-10-01T02:00:00Z', closedAt: '2026-10-05T02:00:00Z' })
			.build();
		const site_id = await idOf(db, 'site', '湘湖里');
		const { source_id } = await db
			.selectFrom('site')
			.select('source_id')
			.where('id', '=', site_id)
			.executeTakeFirstOrThrow();
		const firm = { id: randomUUID(), name: '浙江萧峰建工有限公司', source_id };
		await db.insertInto('firm').values(firm).execute();
		await db.updateTable('site').set({ contractor_id: firm.id }).where('id', '=', site_id).execute();
		await db.updateTable('site').set({ boundary: null }).where('name', '=', '无红线').execute();
		await db
			.insertInto('site_sign')
			.values({ id: randomUUID(), site_id, colour: 'yellow', hung_on: '2026-11-02', reason: '临边防护缺失', source_id })
			.execute();
		await db
			.insertInto('visit')
			.values({
				id: randomUUID(),
				site_id,
				visited_at: '2026-11-05T02:00:00Z',
				supervisors: ['陈立', '许婷'],
				occasion: 'routine',
				result: 'rectify',
				source_id,
			})
			.execute();

		const dossier = await siteDossier(db, SYSTEM, site_id);
		expect(dossier).toMatchObject({
			name: '湘湖里',
			permitNo: '330109202503120101',
			town: { code: '330109001', name: '城厢街道' },
			parties: [{ role: 'contractor', name: '浙江萧峰建工有限公司' }],
			signs: [{ colour: 'yellow', hungOn: '2026-11-02', removedOn: null }],
			visits: [{ visitedAt: '2026-11-05T02:00:00.000Z', supervisors: ['陈立', '许婷'] }],
		});
		expect(dossier?.hazards.total).toBe(3);
		expect(dossier?.hazards.open.map(({ isMajor }) => isMajor)).toEqual([true, false]);
		// The builder draws red lines of 160 m × 160 m.
		expect(dossier?.redLineAreaM2).toBeGreaterThan(25_400);
		expect(dossier?.redLineAreaM2).toBeLessThan(25_800);
	});

	test('a site without a red line has no red-line area', async () => {
		const db = database().read;
		expect(await siteDossier(db, SYSTEM, await idOf(db, 'site', '无红线'))).toMatchObject({ redLineAreaM2: null });
	});

	test('nothing is told about a site in somebody else’s town', async () => {
		const db = database().read;
		const id = await idOf(db, 'site', '湘湖里');
		expect(await siteDossier(db, inArea('330109002'), id)).toBeUndefined();
		expect(await machineDossier(db, inArea('330109002'), await installationId(db, '浙A-T-0001'), NOW)).toBeUndefined();
		expect(await pitDossier(db, inArea('330109002'), await idOf(db, 'pit', '主楼基坑'), NOW)).toBeUndefined();
		expect(await siteDossier(db, inArea('330109001'), id)).toBeDefined();
	});

	test('a caller bound to one site sees no other in the same area', async () => {
		const db = database().read;
		const scope: Scope = { ...inArea('330109'), siteIds: [await idOf(db, 'site', '无红线')] } as Scope;
		expect(await siteDossier(db, scope, await idOf(db, 'site', '湘湖里'))).toBeUndefined();
		expect(await siteDossier(db, scope, await idOf(db, 'site', '无红线'))).toBeDefined();
	});

	test('names of people are only for those who may see personal data', async () => {
		const db = database().read;
		const id = await idOf(db, 'site', '湘湖里');
		const masked = await siteDossier(db, inArea('330109001'), id);
		expect([masked?.isMasked, masked?.visits[0]?.supervisors]).toEqual([true, ['陈＊', '许＊']]);
		expect((await siteDossier(db, inArea('330109001', ['personal']), id))?.visits[0]?.supervisors).toHaveLength(2);
	});

	test('a machine says its age grade with the limit and where the limit comes from', async () => {
		const db = database().read;
		const dossier = await machineDossier(db, SYSTEM, await installationId(db, '浙A-T-0001'), NOW);
		expect(dossier?.age).toMatchObject({ grade: 'red', limit: { years: 20, source: 'JGJ/T 189-2009 3.0.2' } });
		expect(dossier?.age.years).toBeCloseTo(21.9, 1);
		expect(dossier).toMatchObject({ device: { id: 'TC-0001', expectedIntervalS: 5 }, latest: null, lastHour: {} });
	});

	test('a machine without papers and without a monitor is unknown, not green', async () => {
		const db = database().read;
		const dossier = await machineDossier(db, SYSTEM, await installationId(db, '浙A-T-0002'), NOW);
		expect(dossier?.age).toEqual({ grade: 'unknown', years: null, limit: null });
		expect(dossier).toMatchObject({ device: null, latest: null, alarms: [] });
	});

	test('a factory date that lies ahead is not graded', async () => {
		const db = database().read;
		await db
			.updateTable('machine')
			.set({ manufactured_on: '2027-01-01', rated_moment_knm: 800 })
			.where('property_record_no', '=', '浙A-T-0002')
			.execute();
		const dossier = await machineDossier(db, SYSTEM, await installationId(db, '浙A-T-0002'), NOW);
		expect(dossier?.age).toMatchObject({ grade: 'unknown', years: null });
	});

	test('the last hour keeps the largest value of every half minute and leaves silence open', async () => {
		const db = database().read;
		await report(db, 'TC-0001', ago(3601), { momentPercent: 99 });
		await report(db, 'TC-0001', ago(95), { momentPercent: 40, windMs: 3 });
		await report(db, 'TC-0001', ago(92), { momentPercent: 71 });
		await report(db, 'TC-0001', ago(5), { momentPercent: 55, warning: 'none' });
		await report(db, 'TC-0001', ago(-30), { momentPercent: 1 });

		const dossier = await machineDossier(db, SYSTEM, await installationId(db, '浙A-T-0001'), NOW);
		const points = dossier?.lastHour['momentPercent'] ?? [];
		expect(points).toHaveLength(120);
		expect(points.filter(({ value }) => value !== null).map(({ value }) => value)).toEqual([71, 55]);
		expect(Object.keys(dossier?.lastHour ?? {}).sort()).toEqual(['momentPercent', 'windMs']);
		expect(dossier?.latest).toEqual({
			observedAt: ago(5).toISOString(),
			values: { momentPercent: 55, warning: 'none' },
		});
	});

	test('a pit lists its points with their newest reading', async () => {
		const db = database().read;
		await report(db, 'CX-02', ago(900), { cumulativeMm: 11.5 });
		await report(db, 'CX-02', ago(300), { cumulativeMm: 12.25 });
		const dossier = await pitDossier(db, SYSTEM, await idOf(db, 'pit', '主楼基坑'), NOW);
		expect(dossier).toMatchObject({ depthM: 9.5, stage: 'digging', sides: [] });
		expect(dossier?.points.map(({ code, latest }) => [code, latest?.values['cumulativeMm'] ?? null])).toEqual([
			['CX-01', null],
			['CX-02', 12.25],
		]);
		expect(dossier?.areaM2).toBeGreaterThan(6_300);
	});

	test('an id that does not exist is nobody', async () => {
		expect(await siteDossier(database().read, SYSTEM, randomUUID())).toBeUndefined();
	});
});
