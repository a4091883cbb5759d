// A register for the benchmark: sites with four tower cranes each, every crane with its monitor.

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { addToken } from '../../src/lib/server/repositories/token.ts';
import { newToken } from '../../src/lib/server/auth/token.ts';
import { sha256 } from '../../src/lib/server/auth/secret.ts';
import type { Db } from '../../src/lib/server/db/connection.ts';

export const DEVICES = Number(process.env.BENCH_DEVICES ?? 2000);
/** Further ones that nobody sends for by the way: what they say is not overtaken. */
export const SET_APART = Number(process.env.BENCH_SET_APART ?? 0);
const ALL = DEVICES + SET_APART;
const CRANES_PER_SITE = 4;
/** Seconds between the words of a device, as the register has it. */
const INTERVAL_S = Number(process.env.BENCH_INTERVAL_S ?? 5);
export const deviceId = (i: number) => `TC-${String(i).padStart(5, '0')}`;

/** @returns a bearer token that may send readings */
export async function layDistrict(db: Db): Promise<string> {
	const source = randomUUID();
	const now = new Date();
	await sql`insert into source (id, kind, subject, name, created_at, created_by)
		values (${source}, 'hand', 'bench', 'bench', ${now}, 'bench')`.execute(db);
	await sql`insert into site (id, name, location, state, source_id)
		select gen_random_uuid(), 'S' || n, st_setsrid(st_makepoint(120.2 + random() / 10, 30.1 + random() / 10), 4326),
			'active', ${source}
		from generate_series(0, ${Math.ceil(ALL / CRANES_PER_SITE) - 1}::int) n`.execute(db);
	await sql`insert into machine (id, kind, property_record_no, source_id)
		select gen_random_uuid(), 'towerCrane', 'R' || n, ${source}
		from generate_series(0, ${ALL - 1}::int) n`.execute(db);
	await sql`insert into installation (id, machine_id, site_id, location, installed_on, source_id)
		select gen_random_uuid(), machine.id, site.id, site.location, '2026-01-01', ${source}
		from machine join site on site.name = 'S' || substr(property_record_no, 2)::int / ${CRANES_PER_SITE}::int`.execute(db);
	await sql`insert into device (id, kind, expected_interval_s, source_id)
		select 'TC-' || lpad(n::text, 5, '0'), 'craneMonitor', ${INTERVAL_S}, ${source}
		from generate_series(0, ${ALL - 1}::int) n`.execute(db);
	await sql`insert into device_binding (id, device_id, installation_id, bound_from, source_id)
		select gen_random_uuid(), device.id, installation.id, '2026-01-01', ${source}
		from device
		join machine on property_record_no = 'R' || substr(device.id, 4)::int
		join installation on machine_id = machine.id`.execute(db);
	const { id, bearer } = newToken();
	const unlimited = { siteIds: null, deviceIds: null, quantities: null };
	await addToken(db, {
		id,
		name: 'bench',
		tokenSha256: sha256(bearer),
		scope: 'ingest',
		at: now,
		by: 'bench',
		...unlimited,
	});
	return bearer;
}

/** What a crane monitor reports, the same for ours and for what stands beside it. */
export const VALUES =
	'{"momentPercent":41.7,"loadT":2.35,"radiusM":31.4,"hookHeightM":22.6,"slewDeg":187.3,"windMs":4.8,"tiltDeg":0.12}';
