// Two towns with three sites, for what the flood season does with them.

import { randomUUID } from 'node:crypto';
import type { Person } from '#lib/domain/access/principal.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { aRegister } from '../builders.ts';

export const DISTRICT = '330109';
const person = (role: 'dutyOfficer' | 'analyst'): Person => ({
	kind: 'person',
	id: randomUUID(),
	name: '沈岚',
	isDemo: false,
	grants: [{ role, area: DISTRICT, layers: ['public', 'supervision'] }],
});
export const officer = person('dutyOfficer');
export const analyst = person('analyst');
export const at = (clock: string) => new Date(`2026-07-10T${clock}:00+08:00`);
export const by = (clock: string, principal = officer) => ({ principal, address: null, now: at(clock) });

export async function siteIdOf(db: Db, name: string): Promise<string> {
	return (await db.selectFrom('site').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;
}

export async function floodTowns(db: Db): Promise<void> {
	await aRegister(db)
		.withTown('330109001', '城厢街道', [120.2, 30.15])
		.withTown('330109113', '瓜沥镇', [120.5, 30.2])
		.withSite({ name: '塔机工地', town: '330109001', at: [120.2, 30.15] })
		.withCrane({ site: '塔机工地', record: '浙A-T-1', device: 'TC-1' })
		.withSite({ name: '基坑工地', town: '330109001', at: [120.205, 30.152] })
		.withPit({ site: '基坑工地', name: '1# 坑', depthM: 12 })
		.withSite({ name: '瓜沥工地', town: '330109113', at: [120.5, 30.2] })
		.build();
	const surveyed = { source: '踏勘', changed_at: at('07:00'), changed_by: 'test', has_underground: false };
	await db
		.insertInto('flood_site')
		.values({ site_id: await siteIdOf(db, '塔机工地'), ...surveyed })
		.execute();
}
