// Fills an empty register with the demonstration district: all of it in one transaction, or nothing.

import fs from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { shanghaiDay } from '#db/demo/calendar.ts';
import { buildDemoDistrict } from '#db/demo/demo-district.ts';
import type { DemoTowns, DemoWater } from '#db/demo/land.ts';
import type { DemoDistrict } from '#db/demo/rows.ts';
import { pinyinOf } from '#lib/domain/site/pinyin.ts';
import { audit } from '../audit/audit.ts';
import type { Db } from '../db/connection.ts';
import { insertRows } from '../db/bulk.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { programFolder } from '../program-folder.ts';

/** Everybody who starts today gets the same district; any constant. */
const SEED = 330109;
/** Names the lock that keeps two loads apart; any constant that nothing else uses. */
const LOCK = 0x0de3_0001;

/**
 * @param now - the district is built for this day in Shanghai
 * @param log - told in words what is being loaded and how long it took
 * @throws Fault `conflict` when the register holds anything
 */
export async function loadDemo(db: Db, now: Date, log: (line: string) => void = () => undefined): Promise<void> {
	const began = performance.now();
	const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
	await refuseUnlessEmpty(db);
	const district = buildDemoDistrict({
		seed: SEED,
		today: shanghaiDay(now),
		towns: basemap('towns.geojson') as DemoTowns,
		water: basemap('water.geojson') as DemoWater,
	});
	for (const site of district.site) site.name_pinyin = pinyinOf(site.name);
	log(`演示区已生成 · Demonstration district invented (${seconds()})`);

	await transaction(db, async (tx) => {
		await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
		await refuseUnlessEmpty(tx);
		for (const table of Object.keys(district) as (keyof DemoDistrict)[]) {
			const rows = district[table] as Record<string, unknown>[];
			await insertRows(tx, table, rows);
			log(`${table} ${rows.length} (${seconds()})`);
		}
		// The first questions come at once; those who look after tables come a minute later.
		await sql`analyze`.execute(tx);
		await audit(tx, {
			at: now,
			actor: 'system',
			actorKind: 'system',
			action: 'demo:load',
			object: 'register',
			detail: { seed: SEED, sites: district.site.length, machines: district.machine.length },
			outcome: 'done',
		});
	});
	log(`演示区已载入 · Demonstration district loaded (${seconds()})`);
}

async function refuseUnlessEmpty(tx: Db): Promise<void> {
	const source = await tx.selectFrom('source').select('id').limit(1).executeTakeFirst();
	const town = await tx.selectFrom('town').select('code').limit(1).executeTakeFirst();
	if (source ?? town) {
		throw new Fault(
			'conflict',
			'register',
			'数据库中已有数据，演示区只能载入空库 · The register holds data already; the demonstration district is loaded into an empty one only.',
		);
	}
}

function basemap(file: string): unknown {
	return JSON.parse(fs.readFileSync(join(programFolder(), 'static/basemap/330109', file), 'utf8'));
}
