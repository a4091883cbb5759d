// A token bound to certain sites: no way of asking leads to another site, and none to a site outside its area.

import { beforeAll, expect, test } from 'vitest';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import { readBoard } from '#lib/server/board/read-board.ts';
import { hazardFeatures } from '#lib/server/repositories/hazard-list.ts';
import { WHOLE } from '#lib/server/db/list-filter.ts';
import { machineFeatures } from '#lib/server/repositories/machine-list.ts';
import { siteFeatures } from '#lib/server/repositories/site-list.ts';
import { siteDossier } from '#lib/server/repositories/site.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const ON = new Date('2026-11-20T00:00:00Z');

onBoth('a scope narrowed to sites', (database) => {
	let own: string;
	let other: string;
	const to = (siteIds: string[], area = '330109'): Scope => ({
		kind: 'areas',
		areas: [area],
		layers: ['public', 'supervision'],
		siteIds,
	});

	beforeAll(async () => {
		const db = database().read;
		await aRegister(db)
			.withTown('330109001', '城厢街道', [120.25, 30.15])
			.withTown('330109002', '北干街道', [120.28, 30.18])
			.withSite({ name: '湘湖里', town: '330109001', at: [120.25, 30.15] })
			.withSite({ name: '金城花园', town: '330109002', at: [120.28, 30.18] })
			.withCrane({ site: '湘湖里', record: '浙A-T-0001', device: 'TC-0001', ratedMomentKnm: 800 })
			.withCrane({ site: '金城花园', record: '浙A-T-0002', device: 'TC-0002', ratedMomentKnm: 800 })
			.withHazard({ site: '湘湖里', foundAt: '2026-11-01T02:00:00Z' })
			.withHazard({ site: '金城花园', foundAt: '2026-11-01T02:00:00Z' })
			.build();
		const sites = await siteFeatures(db, SYSTEM, WHOLE);
		const idOf = (name: string) => sites.find(({ properties }) => properties.name === name)?.properties.id ?? '';
		[own, other] = [idOf('湘湖里'), idOf('金城花园')];
	});

	test('lists that site, its machines and hazards, and no other', async () => {
		const db = database().read;
		expect((await siteFeatures(db, to([own]), WHOLE)).map(({ properties }) => properties.id)).toEqual([own]);
		const machines = await machineFeatures(db, to([own]), WHOLE, ON);
		expect(machines.map(({ properties }) => properties.deviceId)).toEqual(['TC-0001']);
		expect(await hazardFeatures(db, to([own]), WHOLE)).toHaveLength(1);
	});

	test('opens the sheet of that site and of no other', async () => {
		const db = database().read;
		expect(await siteDossier(db, to([own]), own)).toBeDefined();
		expect(await siteDossier(db, to([own]), other)).toBeUndefined();
	});

	test('reaches nothing when its site lies outside its area, or when it names none', async () => {
		const db = database().read;
		expect(await siteFeatures(db, to([own], '330109002'), WHOLE)).toEqual([]);
		expect(await siteFeatures(db, to([]), WHOLE)).toEqual([]);
	});

	test('shows a board with that site only', async () => {
		const board = await readBoard(
			database().read,
			to([own]),
			{ code: '330109', name: '萧山区', nameEn: 'Xiaoshan' },
			{ version: '1', isDemo: false },
			ON,
		);
		expect(board.sites.features.map(({ properties }) => properties.id)).toEqual([own]);
		expect(board.machines.features.map(({ properties }) => properties.deviceId)).toEqual(['TC-0001']);
	});
});
