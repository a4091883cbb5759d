// The register as lists and map read it: the same answers on both databases.

import { expect, test } from 'vitest';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import { readBoard } from '#lib/server/board/read-board.ts';
import { hazardFeatures } from '#lib/server/repositories/hazard-list.ts';
import { WHOLE } from '#lib/server/db/list-filter.ts';
import { machineFeatures } from '#lib/server/repositories/machine-list.ts';
import { registerVersion } from '#lib/server/repositories/register-version.ts';
import { siteFeatures } from '#lib/server/repositories/site-list.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const ON = new Date('2026-11-20T00:00:00Z');
const names = (features: { properties: { name: string } }[]) => features.map(({ properties }) => properties.name);
const inArea = (area: string): Scope => ({ kind: 'areas', areas: [area], layers: ['public', 'supervision'] });

onBoth('the register’s lists', (database) => {
	test('show sites in scope only, finished ones only when asked for', async () => {
		const db = database().read;
		await aRegister(db)
			.withTown('330109001', '城厢街道', [120.25, 30.15])
			.withTown('330109002', '北干街道', [120.28, 30.18])
			.withSite({ name: '湘湖里', town: '330109001', at: [120.25, 30.15], pinyin: 'xianghuli xhl' })
			.withSite({ name: '金城花园', town: '330109002', at: [120.28, 30.18] })
			.withSite({ name: '旧厂房', town: '330109002', at: [120.281, 30.181], state: 'finished' })
			.withSite({ name: '无镇街', town: null, at: [120.3, 30.1] })
			.withCrane({ site: '湘湖里', record: '浙A-T-0001', device: 'TC-0001', madeOn: '2020-01-01', ratedMomentKnm: 800 })
			.withCrane({ site: '湘湖里', record: '浙A-T-0002', device: 'TC-0002', ratedMomentKnm: 800 })
			.withHazard({ site: '湘湖里', foundAt: '2026-11-01T02:00:00Z', major: true })
			.withHazard({ site: '湘湖里', foundAt: '2026-10-01T02:00:00Z', closedAt: '2026-10-05T02:00:00Z' })
			.build();

		expect(names(await siteFeatures(db, SYSTEM, WHOLE)).sort()).toEqual(['无镇街', '湘湖里', '金城花园'].sort());
		expect(names(await siteFeatures(db, inArea('330109001'), WHOLE))).toEqual(['湘湖里']);
		expect(names(await siteFeatures(db, inArea('330109'), WHOLE))).toHaveLength(3);
		expect(names(await siteFeatures(db, { kind: 'areas', areas: [], layers: [] }, WHOLE))).toEqual([]);
		expect(names(await siteFeatures(db, SYSTEM, { ...WHOLE, state: 'finished' }))).toEqual(['旧厂房']);
	});

	test('find by pinyin and count open hazards per site', async () => {
		const db = database().read;
		const [found] = await siteFeatures(db, SYSTEM, { ...WHOLE, q: 'XHL' });
		expect(found?.properties).toMatchObject({ name: '湘湖里', openHazards: 1, openMajorHazards: 1 });
	});

	test('treat % and _ in a search as themselves', async () => {
		expect(await siteFeatures(database().read, SYSTEM, { ...WHOLE, q: '%' })).toEqual([]);
	});

	test('narrow to a box on the map', async () => {
		const bounds: [number, number, number, number] = [120.27, 30.17, 120.29, 30.19];
		expect(names(await siteFeatures(database().read, SYSTEM, { ...WHOLE, bounds }))).toEqual(['金城花园']);
	});

	test('grade machines by age on the day asked for, unknown without a factory date', async () => {
		const machines = await machineFeatures(database().read, SYSTEM, WHOLE, ON);
		expect(machines.map(({ properties }) => [properties.deviceId, properties.ageGrade])).toEqual([
			['TC-0001', 'green'],
			['TC-0002', 'unknown'],
		]);
	});

	test('page by number without gap or repeat', async () => {
		const db = database().read;
		const first = await siteFeatures(db, SYSTEM, { limit: 2, after: 0 });
		const second = await siteFeatures(db, SYSTEM, { limit: 2, after: first.at(-1)!.properties.no });
		expect(names([...first, ...second]).sort()).toEqual(names(await siteFeatures(db, SYSTEM, WHOLE)).sort());
	});

	test('say of each hazard how far its loop has come', async () => {
		const hazards = await hazardFeatures(database().read, SYSTEM, WHOLE);
		expect(hazards.map(({ properties }) => properties.state)).toEqual(['found', 'closed']);
		expect(await hazardFeatures(database().read, inArea('330109002'), WHOLE)).toEqual([]);
	});

	test('make one board with a version that changes with the register', async () => {
		const db = database().read;
		const before = await registerVersion(db, ON);
		const board = await readBoard(db, SYSTEM, { code: '330109', name: '萧山区', nameEn: 'Xiaoshan' }, before, ON);
		expect(board.sites.features).toHaveLength(3);
		expect(board.machines.features).toHaveLength(2);
		expect(board.towns.features.map(({ properties }) => properties.siteCount)).toEqual([1, 1]);
		await aRegister(db).withHazard({ site: '金城花园', foundAt: '2026-11-02T02:00:00Z' }).build();
		expect((await registerVersion(db, ON)).version).not.toBe(before.version);
	});
});
