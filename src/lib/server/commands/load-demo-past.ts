// Gives the demonstration district a past, so that a rule can be tried on thirty days the moment it is loaded.

import { sql } from 'kysely';
import { dayStartMs, PAST_DAYS, pastDay, withPast, type PastDevice, type PastReading } from '#db/demo/history.ts';
import type { Db } from '../db/connection.ts';
import { ensureReadingPartitions } from '../db/partition.ts';

/** The seed of the simulator, so that its curves go on where the past ends. */
export const DEMO_SEED = '1';
/** The past ends a little before now: what is newest comes from the simulator. */
const ENDS_BEFORE_MS = 10 * 60_000;
/** Readings per statement. */
const CHUNK = 8000;

/** @param log - told in words how much was written */
export async function loadDemoPast(db: Db, now: Date, log: (line: string) => void): Promise<void> {
	const began = performance.now();
	const devices = withPast(await candidates(db));
	const nowMs = now.getTime();
	const firstDay = new Date(dayStartMs(nowMs, PAST_DAYS)).toISOString().slice(0, 10);
	await ensureReadingPartitions(db, firstDay, PAST_DAYS + 3);
	let waiting: PastReading[] = [];
	let count = 0;
	const flush = async () => {
		if (waiting.length === 0) return;
		await insert(db, waiting);
		count += waiting.length;
		waiting = [];
	};
	for (let ago = PAST_DAYS; ago >= 0; ago--) {
		const startMs = dayStartMs(nowMs, ago);
		for (const device of devices) waiting.push(...pastDay(DEMO_SEED, device, startMs, nowMs - ENDS_BEFORE_MS));
		if (waiting.length >= CHUNK) await flush();
	}
	await flush();
	log(
		`演示历史读数 ${count} 条 · ${count} readings of the past (${((performance.now() - began) / 1000).toFixed(1)} s)`,
	);
}

async function candidates(db: Db): Promise<PastDevice[]> {
	const { rows } = await sql<PastDevice>`
		select device.no, device.id, device.kind, point.code
		from device
		join device_binding as binding on binding.device_id = device.id and binding.bound_to is null
		left join monitor_point as point on point.id = binding.monitor_point_id
		where device.kind = 'craneMonitor' or (device.kind = 'pitSensor' and point.code is not null)
		order by device.id`.execute(db);
	return rows;
}

async function insert(db: Db, readings: readonly PastReading[]): Promise<void> {
	await sql`
		insert into reading (device_no, observed_at, seq, received_at, values)
		select no, to_timestamp(at / 1000), 0, to_timestamp(at / 1000), said::jsonb
		from unnest(
			${readings.map(({ deviceNo }) => deviceNo)}::integer[],
			${readings.map(({ atMs }) => atMs)}::float8[],
			${readings.map(({ values }) => JSON.stringify(values))}::text[]
		) as past (no, at, said)
		on conflict do nothing`.execute(db);
}
