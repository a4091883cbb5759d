// Gives the demonstration district what it needs for the flood season: once, also to a district loaded by an older program.

import fs from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { shanghaiDay } from '#db/demo/calendar.ts';
import { demoStations, demoSurveys } from '#db/demo/flood.ts';
import { edges, outerRings, toPlane, type XY } from '#db/demo/plane.ts';
import type { DemoWater } from '#db/demo/land.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import { insertRows } from '../db/bulk.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { programFolder } from '../program-folder.ts';
import { floodSites } from '../repositories/flood-site.ts';

export async function loadDemoFlood(db: Db, now: Date): Promise<void> {
	const held = await db.selectFrom('flood_station').select('id').limit(1).executeTakeFirst();
	if (held) return;
	const water = JSON.parse(
		fs.readFileSync(join(programFolder(), 'static/basemap/330109/water.geojson'), 'utf8'),
	) as DemoWater;
	const shores = water.features.flatMap(({ geometry }) => outerRings(geometry)).flatMap((ring) => edges(ring));
	const stations = demoStations();
	await transaction(db, async (tx) => {
		const source_id = randomUUID();
		await tx
			.insertInto('source')
			.values({
				id: source_id,
				kind: 'demo',
				subject: 'flood',
				name: '演示数据：水雨情测站与防汛台账',
				datum: 'wgs84',
				created_at: now,
				created_by: 'demo',
				summary: JSON.stringify({ demo: true }),
			})
			.execute();
		await insertRows(
			tx,
			'flood_station',
			stations.map((station) => ({
				id: station.id,
				code: station.code,
				kind: station.kind,
				name: station.name,
				location: { type: 'Point', coordinates: station.at },
				height_datum: station.datum,
				offset_to_1985_m: station.offset,
				warning_m: station.warning,
				guaranteed_m: station.guaranteed,
				expected_interval_s: station.every,
				source_id,
			})),
		);
		const sites = await floodSites(tx, SYSTEM);
		const rivers = stations.filter(({ kind }) => kind === 'river');
		const { surveys, items } = demoSurveys(sites, rivers, (at) => shoreM(at, shores), shanghaiDay(now));
		const signed = { changed_at: now, changed_by: 'demo' };
		await insertRows(
			tx,
			'flood_site',
			surveys.map((row) => ({ ...row, ...signed })),
		);
		await insertRows(
			tx,
			'flood_ledger_item',
			items.map((row) => ({ ...row, phone: null, place: null, ...signed })),
		);
	});
}

function shoreM(at: LngLat, shores: readonly (readonly [XY, XY])[]): number {
	const [x, y] = toPlane(at);
	let least = 5000;
	for (const [[ax, ay], [bx, by]] of shores) {
		const [dx, dy] = [bx - ax, by - ay];
		const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
		least = Math.min(least, Math.hypot(x - ax - along * dx, y - ay - along * dy));
	}
	return least;
}
