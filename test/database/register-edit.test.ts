import { sql } from 'kysely';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { BindingEdit, DEVICE_KINDS, type EditKind, type RegisterEdit } from '#lib/contract/register.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import type { Principal, Role } from '#lib/domain/access/principal.ts';
import { moved, type LngLat } from '#lib/domain/geo.ts';
import { fromWgs84 } from '#lib/domain/import/datum.ts';
import { bindDevice } from '#lib/server/commands/bind-device.ts';
import { changeRegister } from '#lib/server/commands/change-register.ts';
import { undoImport } from '#lib/server/commands/undo-import.ts';
import type { Caller } from '#lib/server/auth/caller.ts';
import { readHistory } from '#lib/server/register/read-history.ts';
import { registerRow } from '#lib/server/repositories/import-register.ts';
import { siteDossier } from '#lib/server/repositories/site.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';
import { registerState } from './register-state.ts';

const TOWN = '330109001';
const OTHER = '330109002';
const HERE: LngLat = [120.26, 30.16];
const THERE: LngLat = [120.3, 30.16];
const NOW = new Date('2026-11-20T02:00:00Z');
const district = '330109';

const person = (role: Role, area: string, id = '5d9c1d0e-3f0f-4e1e-9d3b-2f9c36f5a001'): Principal => ({
	...{ kind: 'person', id, name: '沈岚', isDemo: false },
	grants: [{ role, area, layers: ['public', 'supervision'] }],
});
const by = (principal: Principal, now = NOW): Caller => ({ principal, address: null, now });
const analyst = by(person('analyst', district));

/** A square red line as WKT, in the datum it is told in. */
function redLine(center: LngLat, halfM: number, tell: (at: LngLat) => LngLat = (at) => at): string {
	const corners = [45, 135, 225, 315].map((bearing) => tell(moved(center, bearing, halfM * Math.SQRT2)));
	return `POLYGON ((${[...corners, corners[0]!].map((corner) => corner.join(' ')).join(', ')}))`;
}

onBoth('changing the register by hand', (database) => {
	const db = () => database().ingest;
	const change = (kind: EditKind, edit: Partial<RegisterEdit>, caller = analyst) =>
		changeRegister(db(), caller, { kind, district, values: {}, datum: 'wgs84', isMove: false, ...edit });
	const idOf = async (table: 'site' | 'installation' | 'pit') =>
		(await db().selectFrom(table).select('id').orderBy('no').execute()).map(({ id }) => id);

	test('the ground: two towns, two sites, a crane with its monitor, a pit', async () => {
		await aRegister(db())
			.withTown(TOWN, '城厢街道', HERE)
			.withTown(OTHER, '北干街道', THERE)
			.withSite({ name: '湘湖里', town: TOWN, at: HERE, permitNo: '330109202403050101' })
			.withSite({ name: '钱江云庭', town: OTHER, at: THERE })
			.withCrane({ site: '湘湖里', record: '浙A-T00001', device: 'TC-1' })
			.withPit({ site: '湘湖里', name: '1号基坑', points: ['CX-1'] })
			.build();
		expect(await idOf('site')).toHaveLength(2);
	});

	describe('a site', () => {
		test('is added with its red line told in GCJ-02, stored in WGS 84 in its town, and taken back', async () => {
			const before = await registerState(db(), false);
			const at = moved(HERE, 90, 300);
			const done = await change('sites', {
				datum: 'gcj02',
				values: { name: '新开工', permitNo: '330109202611010101', boundary: redLine(at, 50, fromWgs84('gcj02')) },
			});
			expect(done).toMatchObject({ change: 'added', notices: [] });
			const row = await registerRow(db(), 'sites', done.id);
			expect(row?.values).toMatchObject({ name: '新开工', state: 'active', townCode: TOWN });
			expect(row!.at![0]).toBeCloseTo(at[0], 5);
			expect(row!.at![1]).toBeCloseTo(at[1], 5);

			await undoImport(db(), analyst, done.sourceId);
			const { source: _sources, revision: _revisions, ...rest } = await registerState(db(), false);
			expect(rest).toEqual(Object.fromEntries(Object.keys(rest).map((table) => [table, before[table]])));
		});

		test('is corrected field by field: what is not named stays, what is emptied is empty, and history tells it', async () => {
			const [id] = await idOf('site');
			const done = await change('sites', {
				id,
				values: { name: '湘湖里二期', permitNo: null, contractor: '浙江甲建设' },
			});
			const row = await registerRow(db(), 'sites', id!);
			expect(row?.values).toMatchObject({
				name: '湘湖里二期',
				permitNo: null,
				contractor: '浙江甲建设',
				townCode: TOWN,
			});
			expect(row?.values.boundary).not.toBeNull();
			const history = await readHistory(db(), analyst.principal, 'sites', id!, NOW);
			expect(history?.entries[0]).toMatchObject({ change: 'changed', canUndo: true, source: { kind: 'hand' } });
			const told = history!.entries[0]!.changes.map(({ field, from, to }) => [
				field.zh,
				from?.zh ?? null,
				to?.zh ?? null,
			]);
			expect(told).toContainEqual(['名称', '湘湖里', '湘湖里二期']);
			expect(told).toContainEqual(['施工许可证编号', '330109202403050101', null]);
			expect(told).toContainEqual(['施工单位', null, '浙江甲建设']);
			expect(told).toHaveLength(3);

			await undoImport(db(), analyst, done.sourceId);
			expect((await registerRow(db(), 'sites', id!))?.values).toMatchObject({ name: '湘湖里', contractor: null });
		});

		test.each([
			[
				'a position in the wrong datum, and says which one it looks like',
				{ longitude: 120.02, latitude: 30.2 },
				'longitude',
			],
			[
				'a red line that crosses itself',
				{ boundary: 'POLYGON ((120.26 30.16, 120.261 30.161, 120.261 30.16, 120.26 30.161, 120.26 30.16))' },
				'boundary',
			],
			['a day that is no day', { startedOn: '2026-13-40' }, 'startedOn'],
			['an end before the beginning', { startedOn: '2026-05-01', finishedOn: '2026-04-01' }, 'finishedOn'],
			['no name', { name: null }, 'name'],
			['a permit another site has', { permitNo: '330109202403050101' }, 'permitNo'],
		])('is refused with %s, and nothing is written', async (_, values, field) => {
			const [, other] = await idOf('site');
			const before = await registerState(db());
			await expect(change('sites', { id: other, values })).rejects.toMatchObject({
				details: expect.arrayContaining([expect.objectContaining({ field })]),
			});
			expect(await registerState(db())).toEqual(before);
		});

		test('changed by somebody else meanwhile is a conflict', async () => {
			const [id] = await idOf('site');
			const { md5 } = (await registerRow(db(), 'sites', id!))!;
			await change('sites', { id, md5, values: { address: '湘湖路 1 号' } });
			await expect(change('sites', { id, md5, values: { address: '湘湖路 2 号' } })).rejects.toMatchObject({
				code: 'conflict',
			});
		});

		test('is for those who may: a leader not, a supervisor in the own town only', async () => {
			const [mine, other] = await idOf('site');
			const supervisor = by(person('supervisor', TOWN, '5d9c1d0e-3f0f-4e1e-9d3b-2f9c36f5a002'));
			const values = { address: '育才路' };
			await expect(change('sites', { id: mine, values }, by(person('leader', district)))).rejects.toMatchObject({
				code: 'forbidden',
			});
			await expect(change('sites', { id: other, values }, supervisor)).rejects.toMatchObject({ code: 'not-found' });
			const [lng, lat] = THERE;
			await expect(
				change('sites', { id: mine, values: { longitude: lng, latitude: lat } }, supervisor),
			).rejects.toMatchObject({ code: 'forbidden' });
			const { sourceId } = await change('sites', { id: mine, values }, supervisor);
			await expect(undoImport(db(), by(person('supervisor', TOWN)), sourceId)).rejects.toMatchObject({
				code: 'forbidden',
			});
			await undoImport(db(), supervisor, sourceId);
		});

		test('closed is finished, and the trail says who did it', async () => {
			const [, other] = await idOf('site');
			const done = await change('sites', { id: other, values: { state: 'finished', finishedOn: '2026-11-19' } });
			expect(done.change).toBe('closed');
			const { rows } = await sql<{
				actor: string;
				object: string;
			}>`select actor, object from audit order by seq desc limit 1`.execute(db());
			expect(rows[0]).toMatchObject({ object: 'sites 钱江云庭' });
			expect(rows[0]!.actor).toContain('person:');
			await undoImport(db(), analyst, done.sourceId);
		});
	});

	describe('a machine', () => {
		test('moved to another site begins a new installation there and ends the old one; undone it stands where it stood', async () => {
			const [installation] = await idOf('installation');
			const [, other] = await idOf('site');
			const done = await change('machines', {
				...{ id: installation, siteId: other, isMove: true },
				values: { installedOn: '2026-11-18', longitude: THERE[0], latitude: THERE[1], useRegistrationNo: 'SY-2' },
			});
			expect(done.id).not.toBe(installation);
			const standing = await db().selectFrom('installation').selectAll().orderBy('installed_on').execute();
			expect(standing.map((row) => [row.site_id === other, row.installed_on, row.removed_on])).toEqual([
				[false, '2026-01-01', '2026-11-18'],
				[true, '2026-11-18', null],
			]);
			await undoImport(db(), analyst, done.sourceId);
			expect(await db().selectFrom('installation').select(['id', 'removed_on']).execute()).toEqual([
				{ id: installation, removed_on: null },
			]);
		});

		test('outside the red line of its site is told, not forbidden; its record number can be put right', async () => {
			const [installation] = await idOf('installation');
			const [lng, lat] = moved(HERE, 90, 280);
			const done = await change('machines', {
				id: installation,
				values: { longitude: lng, latitude: lat, propertyRecordNo: '浙A-T00009' },
			});
			expect(done.notices[0]?.zh).toMatch(/红线外约 (19\d|200|201) 米/);
			const { property_record_no } = await db()
				.selectFrom('machine')
				.select('property_record_no')
				.executeTakeFirstOrThrow();
			expect(property_record_no).toBe('浙A-T00009');
		});

		test('taken down is closed on that day', async () => {
			const [installation] = await idOf('installation');
			const done = await change('machines', { id: installation, values: { removedOn: '2026-11-19' } });
			expect(done.change).toBe('closed');
			await undoImport(db(), analyst, done.sourceId);
		});
	});

	describe.each([
		['formworks', 'high_formwork', { heightM: '9.5m', spanM: 20, loadKnPerM2: 15 }, ['搭设高度', null, '9.5 m']],
		['scaffolds', 'climbing_scaffold', { liftHeightM: 48, inspectedOn: '2026-10-02' }, ['提升高度', null, '48 m']],
	] as const)('%s', (kind, table, facts, told) => {
		const values = { name: '1号楼', longitude: HERE[0], latitude: HERE[1], erectedOn: '2026-10-01', ...facts };
		const count = async () => (await db().selectFrom(table).select('id').execute()).length;

		test('are put up on a site, told in its history, and the way back leaves nothing', async () => {
			const [siteId] = await idOf('site');
			const done = await change(kind, { siteId, values });
			expect(done).toMatchObject({ change: 'added', notices: [] });
			expect(done.no).toBeGreaterThan(0);
			const history = await readHistory(db(), analyst.principal, kind, done.id, NOW);
			const lines = history!.entries[0]!.changes.map(({ field, from, to }) => [field.zh, from?.zh ?? null, to?.zh]);
			expect(lines).toContainEqual(told);
			await expect(change(kind, { siteId, values })).rejects.toMatchObject({ code: 'conflict' });
			await undoImport(db(), analyst, done.sourceId);
			expect(await count()).toBe(0);
		});

		test('taken down are closed, and make room for another of the same name', async () => {
			const [siteId] = await idOf('site');
			const { id } = await change(kind, { siteId, values });
			await expect(change(kind, { id, values: { removedOn: '2026-09-30' } })).rejects.toMatchObject({
				code: 'bad-input',
			});
			expect((await change(kind, { id, values: { removedOn: '2026-11-19' } })).change).toBe('closed');
			expect((await change(kind, { siteId, values })).change).toBe('added');
		});

		test('need a day on which they were put up', async () => {
			const [siteId] = await idOf('site');
			const error = await change(kind, { siteId, values: { name: '2号楼' } }).catch((fault: unknown) => fault);
			expect(error).toMatchObject({ code: 'bad-input' });
			expect(String((error as Error).message)).toContain('搭设日期');
		});
	});

	describe('a pit', () => {
		const [a, b, c, d] = [45, 135, 225, 315].map((bearing) => moved(HERE, bearing, 50));
		const side = (name: string, from: LngLat, to: LngLat) => ({
			name,
			grade: 'I' as const,
			support: 'boredPile' as const,
			line: [from, to],
		});

		test('gets its sides, keeps some, loses some, and the way back brings them again', async () => {
			const [id] = await idOf('pit');
			const sides = () => db().selectFrom('pit_side').select(['name', 'grade']).orderBy('name').execute();
			await change('pits', { id, sides: [side('东侧', a!, b!), side('南侧', b!, c!), side('西侧', c!, d!)] });
			expect(await sides()).toHaveLength(3);
			const done = await change('pits', {
				id,
				sides: [{ ...side('东侧', a!, b!), grade: 'II' }, side('北侧', d!, a!)],
			});
			expect(await sides()).toEqual(
				[
					{ name: '东侧', grade: 'II' },
					{ name: '北侧', grade: 'I' },
				].sort((x, y) => (x.name < y.name ? -1 : 1)),
			);
			await undoImport(db(), analyst, done.sourceId);
			expect((await sides()).map(({ name, grade }) => `${name}${grade}`).sort()).toEqual(
				['东侧I', '南侧I', '西侧I'].sort(),
			);
			const history = await readHistory(db(), analyst.principal, 'pits', id!, NOW);
			expect(history?.entries.some(({ subject, change: what }) => subject === 'pit_side' && what === 'removed')).toBe(
				true,
			);
		});

		test('a new point stands in its pit under a code of its own', async () => {
			const [pitId] = await idOf('pit');
			const values = {
				code: 'CX-2',
				quantity: '深层水平位移',
				longitude: HERE[0],
				latitude: HERE[1],
				designCumulativeMm: '45',
			};
			const done = await change('points', { pitId, values });
			expect((await registerRow(db(), 'points', done.id))?.values).toMatchObject({
				quantity: 'deepHorizontal',
				designCumulativeMm: 45,
			});
			await expect(change('points', { pitId, values })).rejects.toMatchObject({ code: 'conflict' });
		});
	});

	describe('a device', () => {
		const bind = (wish: BindingEdit, caller = analyst) => bindDevice(db(), caller, wish);
		const open = () =>
			db()
				.selectFrom('device_binding')
				.select(['device_id', 'installation_id', 'bound_from', 'bound_to'])
				.where('device_id', 'in', ['TC-1', 'TC-2'])
				.orderBy('bound_from')
				.execute();

		test('of a new kind takes the place of the one that is there, from that moment on', async () => {
			const [installation] = await idOf('installation');
			const to = { kind: 'machines' as const, id: installation! };
			const at = '2026-11-19T08:00:00.000Z';
			await expect(bind({ deviceId: 'TC-2', to, at })).rejects.toMatchObject({ code: 'bad-input' });
			const device = { kind: 'craneMonitor' as const, vendor: '某厂', expectedIntervalS: 5 };
			const done = await bind({ deviceId: 'TC-2', device, to, at });
			expect(done).toMatchObject({ replaced: 'TC-1', movedFrom: null });
			expect((await open()).map((row) => [row.device_id, row.bound_to?.toISOString() ?? null])).toEqual([
				['TC-1', at],
				['TC-2', null],
			]);
			await undoImport(db(), analyst, done.sourceId);
			expect((await open()).map((row) => [row.device_id, row.bound_to])).toEqual([['TC-1', null]]);
		});

		test.each(DEVICE_KINDS)('of the kind %s can be registered by hand', (kind) => {
			const edit = {
				...{ deviceId: 'X-1', device: { kind, vendor: null, expectedIntervalS: 60 } },
				...{ to: null, at: '2026-11-19T08:00:00Z' },
			};
			expect(v.safeParse(BindingEdit, edit).success).toBe(true);
		});

		test('stands beside others of its kind on a site and pushes none off', async () => {
			const [site] = await idOf('site');
			const to = { kind: 'sites' as const, id: site! };
			const device = { kind: 'camera' as const, vendor: null, expectedIntervalS: 60 };
			for (const deviceId of ['AI-1', 'AI-2'])
				expect(await bind({ deviceId, device, to, at: '2026-11-19T08:00:00Z' })).toMatchObject({ replaced: null });
			expect((await siteDossier(db(), SYSTEM, site!))!.devices).toMatchObject([
				{ id: 'AI-1', kind: 'camera', since: '2026-11-19T08:00:00.000Z' },
				{ id: 'AI-2', kind: 'camera' },
			]);
		});

		test('is taken off, and put back on; never before it was put on, never in the future', async () => {
			const [installation] = await idOf('installation');
			const to = { kind: 'machines' as const, id: installation! };
			await expect(bind({ deviceId: 'TC-1', to: null, at: '2025-01-01T00:00:00Z' })).rejects.toMatchObject({
				code: 'bad-input',
			});
			await expect(bind({ deviceId: 'TC-1', to: null, at: '2027-01-01T00:00:00Z' })).rejects.toMatchObject({
				code: 'bad-input',
			});
			await bind({ deviceId: 'TC-1', to: null, at: '2026-11-19T08:00:00Z' });
			await expect(bind({ deviceId: 'TC-1', to: null, at: '2026-11-19T09:00:00Z' })).rejects.toMatchObject({
				code: 'conflict',
			});
			expect(await bind({ deviceId: 'TC-1', to, at: '2026-11-19T10:00:00Z' })).toMatchObject({ movedFrom: null });
			const history = await readHistory(db(), analyst.principal, 'machines', installation!, NOW);
			const told = history!.entries
				.filter(({ subject }) => subject === 'device_binding')
				.map(({ change: what }) => what);
			expect(told.slice(0, 2)).toEqual(['added', 'changed']);
		});
	});
});
