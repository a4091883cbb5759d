// The survey of a site: what somebody found out on the spot changes how exposed it is, and what nobody found out does
// not make it safe. On both databases.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { SiteSurvey } from '#lib/contract/flood-entry.ts';
import type { Person, PersonRole } from '#lib/domain/access/principal.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { judgeExposures } from '#lib/server/commands/judge-exposures.ts';
import { writeLedger } from '#lib/server/commands/write-ledger.ts';
import { readFloodSite } from '#lib/server/flood/read-site.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const [TOWN, OTHER] = ['330109001', '330109113'];
const at = (clock: string) => new Date(`2026-06-01T${clock}:00+08:00`);
const person = (role: PersonRole, area: string): Person => ({
	...{ kind: 'person', id: randomUUID(), name: '楼建国', isDemo: false },
	grants: [{ role, area, layers: ['public', 'supervision'] }],
});
const unknown: SiteSurvey = {
	...{ groundM: null, lowGroundM: null, waterloggedTimes: null, waterM: null, spoilHeightM: null },
	...{ hasUnderground: null, tempStructures: null, gondolas: null, people: null, pumpM3h: null, riverStationId: null },
	source: '汛前踏勘',
};

onBoth('the survey of a site', (database) => {
	const db = () => database().ingest;
	let siteId = '';
	const write = (survey: SiteSurvey, who = person('supervisor', TOWN), clock = '09:00') =>
		writeLedger(db(), { principal: who, address: null, now: at(clock) }, siteId, { what: 'survey', survey });
	const judged = async (clock: string) => {
		await judgeExposures(db(), at(clock));
		return (await readFloodSite(db(), SYSTEM, siteId, at(clock)))!;
	};

	test('before anybody was there the exposure is uncertain', async () => {
		await aRegister(db())
			.withTown(TOWN, '城厢街道', [120.2, 30.15])
			.withTown(OTHER, '瓜沥镇', [120.5, 30.2])
			.withSite({ name: '基坑工地', town: TOWN, at: [120.2, 30.15] })
			.withPit({ site: '基坑工地', name: '1# 坑', depthM: 12 })
			.build();
		siteId = (await db().selectFrom('site').select('id').executeTakeFirstOrThrow()).id;
		const { site, exposure } = await judged('08:00');
		expect(site.survey).toBeNull();
		expect(exposure!.uncertainty).toBeGreaterThan(0.3);
		expect(exposure!.factors.filter(({ isKnown }) => !isKnown).length).toBeGreaterThan(2);
	});

	test('what was found out lowers the uncertainty and is a factor with its value', async () => {
		const before = (await judged('08:30')).exposure!;
		const found = { ...unknown, lowGroundM: 1.2, waterloggedTimes: 3, waterM: 40, pumpM3h: 50, people: 180 };
		expect(await write(found)).toMatchObject({ ok: true });
		const { site, exposure } = await judged('09:10');
		expect(site.survey).toMatchObject({ waterM: 40, spoilHeightM: null, source: '汛前踏勘' });
		expect(exposure!.uncertainty).toBeLessThan(before.uncertainty);
		const factor = (key: string) => exposure!.factors.find((one) => one.key === key);
		expect(factor('lowGround')).toMatchObject({ isKnown: true });
		expect(factor('history')).toMatchObject({ isKnown: true });
	});

	test('after an event it is written anew; what stays empty is unknown again, never nought', async () => {
		expect(await write({ ...unknown, waterloggedTimes: 4, source: '汛后复查' })).toMatchObject({ ok: true });
		const { site, exposure } = await judged('10:00');
		expect(site.survey).toMatchObject({ waterloggedTimes: 4, waterM: null, people: null, source: '汛后复查' });
		expect(exposure!.factors.find(({ key }) => key === 'lowGround')).toMatchObject({ isKnown: false });
	});

	test('is refused for a station nobody knows, to a supervisor of another town, and to a leader', async () => {
		expect(await write({ ...unknown, riverStationId: randomUUID() })).toMatchObject({ ok: false, reason: 'not-found' });
		for (const who of [person('supervisor', OTHER), person('leader', '330109')])
			expect(await write(unknown, who)).toMatchObject({ ok: false, reason: 'forbidden' });
		expect((await readFloodSite(db(), SYSTEM, siteId, at('11:00')))!.site.survey!.source).toBe('汛后复查');
	});
});
