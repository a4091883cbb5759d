// Where the masts of cranes stood in calm, by the monitor that learned it and the installation it learned it of.

import { sql } from 'kysely';
import type { Baseline } from '#lib/domain/machine/tilt-baseline.ts';
import type { Db } from '../db/connection.ts';

export interface KeptBaseline {
	deviceId: string;
	installationId: string;
	baseline: Baseline;
}

/** Each device once; what was kept of it is replaced. */
export async function saveBaselines(tx: Db, kept: readonly KeptBaseline[]): Promise<void> {
	if (kept.length === 0) return;
	// Up to the next millisecond: a reading must not teach twice because its microseconds were cut off.
	const rows = kept
		.map(({ deviceId, installationId, baseline: { deg, samples, mastM, atMs } }) => ({
			...{ device_id: deviceId, installation_id: installationId, samples, taught_at: new Date(Math.ceil(atMs)) },
			...{ tilt_deg: samples === 0 ? null : deg, mast_m: Number.isNaN(mastM) ? null : mastM },
		}))
		.sort((a, b) => (a.device_id < b.device_id ? -1 : 1));
	// A device or an installation that the register has lost meanwhile is not a reason to lose what else was found.
	await sql`
		insert into device_baseline (device_id, installation_id, tilt_deg, samples, mast_m, taught_at)
		select kept.* from json_populate_recordset(null::device_baseline, ${JSON.stringify(rows)}::json) as kept
		where exists (select 1 from device where device.id = kept.device_id)
			and exists (select 1 from installation where installation.id = kept.installation_id)
		on conflict (device_id) do update set
			installation_id = excluded.installation_id, tilt_deg = excluded.tilt_deg, samples = excluded.samples,
			mast_m = excluded.mast_m, taught_at = excluded.taught_at`.execute(tx);
}

export async function keptBaselines(db: Db): Promise<KeptBaseline[]> {
	const rows = await db.selectFrom('device_baseline').selectAll().execute();
	return rows.map((row) => ({
		deviceId: row.device_id,
		installationId: row.installation_id,
		baseline: {
			...{ deg: row.tilt_deg ?? NaN, samples: row.samples, mastM: row.mast_m ?? NaN },
			atMs: row.taught_at.getTime(),
		},
	}));
}
