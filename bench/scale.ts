// What one reading, one alarm and one open screen cost: processor time of the program and bytes on the database's disk.
// Beside each stands what a district of 540 sites needs of it, and below what a province of a hundred such districts does;
// docs/scale.md quotes both.

import { sql } from 'kysely';
import { SYSTEM } from '../src/lib/domain/access/scope.ts';
import { openDatabases, type Databases } from '../src/lib/server/db/connection.ts';
import { createIngest } from '../src/lib/server/ingest/accept.ts';
import { createPartitions } from '../src/lib/server/ingest/partitions.ts';
import { openStore } from '../src/lib/server/ingest/store.ts';
import { startLive } from '../src/lib/server/live/live-part.ts';
import { Places } from '../src/lib/server/live/places.ts';
import { deltaBytes, pictureBytes } from '../src/lib/server/sockets/rooms.ts';
import { deviceId, DEVICES, layDistrict } from './ingest/district.ts';
import type { BenchResult, BenchRow } from './result.ts';
import { usPerScreen } from './scale/screens.ts';
import { withDatabase } from './shared/postgres.ts';

/** Readings a second by day, alarms a second in a storm, screens that are open. */
const DISTRICT = { readingsPerS: 230, alarmsPerS: 1, screens: 60 };
/** 100 districts, 54,000 sites, 107,000 machines. */
const DISTRICTS = 100;
const DAY_S = 86_400;
const READINGS_PER_BATCH = 500;
const ALARMS = 400;
/** Deltas a second, and how many objects have changed in each. */
const DELTAS_PER_S = 5;
const CHANGED = 50;

export async function run({ seconds }: { seconds: number }): Promise<BenchResult> {
	return withDatabase(async (url) => {
		const databases = await openDatabases({ DATABASE_URL: url, DATA_DIR: '' });
		try {
			return { name: 'scale', rows: await measured(databases, seconds) };
		} finally {
			await databases.close();
		}
	});
}

async function measured(databases: Databases, seconds: number): Promise<BenchRow[]> {
	await layDistrict(databases.ingest);
	const clock = { ms: Date.now() };
	const now = () => clock.ms;
	const onFault = (error: unknown): never => {
		throw error;
	};
	const live = await startLive(databases, { now, onFault, sweepEveryMs: 0 });
	const ingest = createIngest({
		devices: live.state.devices,
		store: openStore(databases, () => true),
		partitions: createPartitions(databases.ingest),
		onStored: (rows, nowMs) => live.observe(rows, nowMs),
		onFault,
		isUp: () => true,
		now,
	});

	let seq = 0;
	const batch = (moment: number): object[] =>
		Array.from({ length: READINGS_PER_BATCH }, () => {
			const at = new Date((clock.ms += 1)).toISOString();
			return {
				device: deviceId(seq % DEVICES),
				at,
				seq: seq++,
				values: { momentPercent: moment, windMs: 4, slewDeg: seq % 360 },
			};
		});
	await ingest.accept(batch(40));

	const before = await bytesOf(databases, 'reading');
	const count = { readings: 0 };
	const reading = await cpuOf(async () => {
		for (const until = performance.now() + seconds * 1000; performance.now() < until;) {
			await ingest.accept(batch(40));
			count.readings += READINGS_PER_BATCH;
		}
	});
	const readingBytes = ((await bytesOf(databases, 'reading')) - before) / count.readings;
	const usPerReading = reading / count.readings;

	const alarmBefore = (await bytesOf(databases, 'alarm')) + (await bytesOf(databases, 'event_log'));
	const alarm = await cpuOf(async () => {
		for (let pass = 0; pass < 3; pass++) {
			const items = Array.from({ length: ALARMS }, (_, i) => {
				const at = new Date((clock.ms += 5)).toISOString();
				return { device: deviceId(i), at, seq: seq++, values: { momentPercent: 130, windMs: 4 } };
			});
			await ingest.accept(items);
			clock.ms += 2000;
			live.engine.sweep(clock.ms);
		}
		await live.outbox.drained();
	});
	const raised = live.engine.book.size;
	if (raised < ALARMS) throw new Error(`Only ${raised} of ${ALARMS} alarms were raised.`);
	const alarmBytes =
		((await bytesOf(databases, 'alarm')) + (await bytesOf(databases, 'event_log')) - alarmBefore) / raised;
	const usPerAlarm = alarm / raised;

	const places = new Places(live.state);
	const changed = Array.from({ length: CHANGED }, (_, i) => i);
	let bytes = 0;
	const rounds = 200;
	const delta = await cpuOf(() => {
		for (let i = 0; i < rounds; i++) bytes = deltaBytes(live.state, places, SYSTEM, changed, now(), 1)?.length ?? 0;
		return Promise.resolve();
	});
	const picture = pictureBytes(live.state, places.of(SYSTEM), now(), 1).length;
	const usPerRoomS = (delta / rounds) * DELTAS_PER_S;
	const usPerScreenS = (await usPerScreen(bytes)) * DELTAS_PER_S;
	await ingest.close();
	await live.close();

	const cores = (us: number, perS: number) => ((us * perS * DISTRICTS) / 1e6).toFixed(1);
	const province = (what: string, ours: string, beside: string): BenchRow => ({
		...{ what: `province: ${what}`, ours, beside, ratio: null, limit: null, ok: true },
	});
	const { readingsPerS, alarmsPerS, screens } = DISTRICT;
	const mbPerS = (bytes * DELTAS_PER_S * screens * DISTRICTS) / 1e6;
	return [
		core('one reading, taken in, stored, shared and judged', usPerReading, readingsPerS, readingBytes),
		core('one alarm with its events', usPerAlarm, alarmsPerS, alarmBytes),
		core('one second of moving state for one kind of view, written once', usPerRoomS, 1, bytes * DELTAS_PER_S),
		core('one second of an open screen', usPerScreenS, screens, bytes * DELTAS_PER_S),
		{
			what: 'first picture of an open screen',
			ours: `${picture} B`,
			beside: '2 MB on waking up',
			ratio: picture / 2e6,
			limit: 1,
			ok: picture <= 2e6,
		},
		province('readings', `${cores(usPerReading, readingsPerS)} processors`, `${readingsPerS * DISTRICTS}/s`),
		province(
			'readings on the disk',
			`${((readingBytes * readingsPerS * DISTRICTS * DAY_S) / 1e9).toFixed(0)} GB a day`,
			`${readingsPerS * DISTRICTS}/s, before thinning`,
		),
		province(
			'alarms of a storm everywhere',
			`${cores(usPerAlarm, alarmsPerS)} processors`,
			`${alarmsPerS * DISTRICTS}/s`,
		),
		province(
			'open screens',
			`${cores(usPerScreenS, screens)} processors, ${mbPerS.toFixed(0)} MB/s`,
			`${screens * DISTRICTS} screens`,
		),
	];
}

/** Beside it: one processor, and what a district takes of it. */
function core(what: string, us: number, perS: number, bytes: number): BenchRow {
	const ratio = (us * perS) / 1e6;
	return {
		what,
		ours: `${us.toFixed(1)} µs, ${bytes.toFixed(0)} B`,
		beside: `${perS}/s of one processor`,
		ratio,
		limit: 0.5,
		ok: ratio <= 0.5,
	};
}

/** Processor time of this process, µs. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
	const began = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(began);
	return user + system;
}

async function bytesOf({ read }: Databases, table: string): Promise<number> {
	const { rows } = await sql<{ bytes: string }>`
		select coalesce(sum(pg_total_relation_size(relid)), 0)::bigint as bytes from pg_partition_tree(${table}::regclass)`.execute(
		read,
	);
	const own = Number(rows[0]!.bytes);
	if (own > 0) return own;
	const plain = await sql<{ bytes: string }>`select pg_total_relation_size(${table}::regclass) as bytes`.execute(read);
	return Number(plain.rows[0]!.bytes);
}
