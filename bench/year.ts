// A year of readings must not slow the live page: what it asks of a database with a whole year in it, as the retention
// policy leaves it (raw for 90 days, minutes for a year, hours), in turn with one that holds thirty-two days. Every daily
// partition of a year is there; devices are few and report once a minute, which makes the partitions smaller, not fewer.

import { sql } from 'kysely';
import { keepRules } from '../db/rules/reading.ts';
import { SYSTEM } from '../src/lib/domain/access/scope.ts';
import { deviceCurve } from '../src/lib/server/ingest/device-sheet.ts';
import { readBoard } from '../src/lib/server/board/read-board.ts';
import { openDatabases, type Databases, type Db } from '../src/lib/server/db/connection.ts';
import { ensureReadingPartitions } from '../src/lib/server/db/partition.ts';
import { newestReadings, thinnedReadings } from '../src/lib/server/repositories/reading.ts';
import { ensureRollUpPartitions } from '../src/lib/server/repositories/reading-storage.ts';
import { median, type BenchResult, type BenchRow } from './result.ts';
import { asAdmin, POSTGRES } from './shared/postgres.ts';

const DEVICES = 8;
const DAY_MS = 86_400_000;
/** More than the longest curve a page opens with. */
const RECENT_DAYS = 32;
const ROUNDS = 40;
/** Not counted: connections are opened, plans and pages read. */
const WARM = 10;
/** Twice would be seen on a screen; a busy machine alone makes a fifth. */
const LIMIT = 1.5;
const DISTRICT = { code: '330109', name: '', nameEn: '' };

export async function run(_options: { seconds: number }): Promise<BenchResult> {
	const names = [`sw_bench_year_${process.pid}`, `sw_bench_month_${process.pid}`] as const;
	const opened: Databases[] = [];
	try {
		const today = Math.floor(Date.now() / DAY_MS);
		for (const [i, days] of [keepRules.server.minute.value, RECENT_DAYS].entries()) {
			await asAdmin(`create database ${names[i]}`);
			const url = Object.assign(new URL(POSTGRES), { pathname: `/${names[i]}` }).href;
			opened.push(await openDatabases({ DATABASE_URL: url, DATA_DIR: '' }));
			await fill(opened[i]!.ingest, today, days);
		}
		// What writing has left to do is not theirs.
		await asAdmin('checkpoint');
		const [year, month] = opened.map(({ read }) => questionsTo(read));
		const rows: BenchRow[] = [];
		for (const what of Object.keys(year!)) rows.push(rowOf(what, await inTurn(year![what]!, month![what]!)));
		return { name: 'year', rows };
	} finally {
		for (const databases of opened) await databases.close();
		for (const name of names) await asAdmin(`drop database if exists ${name} with (force)`);
	}
}

const dayText = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** So many days up to today, as the retention job leaves them: raw while it is kept, minutes and hours beside it. */
async function fill(db: Db, today: number, days: number): Promise<void> {
	const rawDays = Math.min(days, keepRules.server.raw.value);
	await ensureReadingPartitions(db, dayText(today - rawDays + 1), rawDays);
	for (let ago = 0; ago < days; ago++) {
		const day = dayText(today - ago);
		await ensureRollUpPartitions(db, day);
		const minutes = sql`generate_series(${day}::timestamptz, ${day}::timestamptz + interval '23:59', '1 minute') as at`;
		if (ago < rawDays)
			await sql`
				insert into reading (device_no, observed_at, seq, received_at, values)
				select no, at, 0, at, jsonb_build_object('windMs', extract(minute from at) / 6, 'momentPercent', 40)
				from generate_series(1, ${DEVICES}::int) no, ${minutes}`.execute(db);
		await sql`
			insert into reading_minute (device_no, begins_at, quantity, n, least, greatest, mean, bad)
			select no, at, 'windMs', 1, 0, 9, extract(minute from at) / 6, 0
			from generate_series(1, ${DEVICES}::int) no, ${minutes}`.execute(db);
		await sql`
			insert into reading_hour (device_no, begins_at, quantity, n, least, greatest, mean, bad)
			select no, at, 'windMs', 60, 0, 9, 5, 0
			from generate_series(1, ${DEVICES}::int) no,
				generate_series(${day}::timestamptz, ${day}::timestamptz + interval '23:00', '1 hour') as at`.execute(db);
	}
	await sql`analyze reading, reading_minute, reading_hour`.execute(db);
}

/** What the live page asks. */
function questionsTo(db: Db): Record<string, () => Promise<unknown>> {
	const now = new Date();
	const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
	const all = Array.from({ length: DEVICES }, (_, i) => i + 1);
	const curve = (days: number) =>
		deviceCurve(db, 'server', 3, { quantity: 'windMs', from: ago(days), to: now }, now).then(({ steps }) => {
			if (steps.length < Math.min(days * 24, 200))
				throw new Error(`A curve of ${days} days has ${steps.length} steps.`);
		});
	return {
		'the board': () => readBoard(db, SYSTEM, DISTRICT, { version: '1', isDemo: true }, now),
		'the newest reading of every device, as at a start': () => newestReadings(db, all, { since: ago(7), until: now }),
		'the trend of an alarm card, six hours': () => thinnedReadings(db, [3], ago(0.25), 108),
		'the curve of a device, a day': () => curve(1),
		'the curve of a device, thirty days': () => curve(30),
	};
}

/** Milliseconds of each, the median of many, one after the other so that a busy moment meets both. */
async function inTurn(ours: () => Promise<unknown>, beside: () => Promise<unknown>): Promise<[number, number]> {
	const taken: [number[], number[]] = [[], []];
	for (let i = -WARM; i < ROUNDS; i++)
		for (const [side, ask] of [ours, beside].entries()) {
			const began = performance.now();
			await ask();
			if (i >= 0) taken[side]!.push(performance.now() - began);
		}
	return [median(taken[0]), median(taken[1])];
}

function rowOf(what: string, [oursMs, besideMs]: [number, number]): BenchRow {
	const ratio = oursMs / besideMs;
	return {
		what: `${what}: a year in the database, to ${RECENT_DAYS} days (at most)`,
		...{
			ours: `${oursMs.toFixed(1)} ms`,
			beside: `${besideMs.toFixed(1)} ms`,
			ratio,
			limit: LIMIT,
			ok: ratio <= LIMIT,
		},
	};
}
