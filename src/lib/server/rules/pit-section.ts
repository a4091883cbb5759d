// One pit with everything its section shows: limits of every point with their reason, values of thirty days, what is
// reported at it.

import { sql } from 'kysely';
import { alarmRules, measureRules } from '#db/rules/alarm.ts';
import { deviceRules } from '#db/rules/device.ts';
import { pitRules } from '#db/rules/pit.ts';
import { sourceWords } from '#db/rules/source-words.ts';
import type { PitSection, SectionLimit, SectionPoint } from '#lib/contract/pit-section.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { shanghaiDayOf } from '#lib/domain/alarm/back-test.ts';
import type { WatchRules } from '#lib/domain/alarm/watch.ts';
import { presence } from '#lib/domain/known.ts';
import { bandOf } from '#lib/domain/pit/band.ts';
import { forecastCrossing, type Sample } from '#lib/domain/pit/forecast.ts';
import { limitOfBureau, limitsOf, type PitGrade, type PointLimit, type PointLimits } from '#lib/domain/pit/limit.ts';
import { rateWith } from '#lib/domain/pit/rate.ts';
import { keptAt, zeroingsIn, type StoredZeroing } from '#lib/domain/pit/zeroing.ts';
import { walkDays } from '#lib/domain/pit/walk.ts';
import { RuleBook } from '../alarms/rule-book.ts';
import type { Db } from '../db/connection.ts';
import { lengthM } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';
import { dangersOf, walksSince } from '../repositories/pit-watch.ts';

const DAYS = 30;
const WALKS = 14;
const DAY_MS = 86_400_000;

/** @param book - what the bureau has changed. @returns undefined when there is no such pit, or none in scope */
export async function pitSection(
	db: Db,
	scope: Scope,
	id: string,
	now: Date,
	book = new RuleBook(),
): Promise<Omit<PitSection, 'may'> | undefined> {
	const pit = await db
		.selectFrom('pit')
		.innerJoin('site', 'site.id', 'pit.site_id')
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.select([
			'pit.id',
			'pit.no',
			'pit.name',
			'pit.depth_m',
			'pit.dug_m',
			'pit.stage',
			'pit.base_slab_on',
			'pit.started_on',
			'pit.finished_on',
			'site.name as site_name',
			'site.id as site_id',
		])
		.where('pit.id', '=', id)
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'))
		.executeTakeFirst();
	if (!pit) return undefined;
	const today = shanghaiDayOf(now.getTime());
	const walks = await walksSince(db, id, shanghaiDayOf(now.getTime() - WALKS * DAY_MS));
	return {
		id: pit.id,
		no: pit.no,
		name: pit.name,
		siteName: pit.site_name,
		depthM: pit.depth_m,
		dugM: pit.dug_m,
		stage: pit.stage,
		baseSlabOn: pit.base_slab_on,
		sides: await db
			.selectFrom('pit_side')
			.select(['name', 'grade', 'support', lengthM('line').as('lengthM')])
			.where('pit_id', '=', id)
			.orderBy('name')
			.execute(),
		points: await pointsOf(db, pit, book, now),
		dangers: await dangersOf(db, id),
		walks: walkDays(today, WALKS, pit.started_on, pit.finished_on, (day) => walks.has(day)).map(({ day, state }) => {
			const walk = walks.get(day);
			return { day, state, isSound: walk?.isSound ?? null, note: walk?.note ?? null, by: walk?.by ?? null };
		}),
	};
}

interface PointRow {
	no: number;
	id: string;
	code: string;
	quantity: string;
	side_name: string | null;
	grade: PitGrade | null;
	support: string | null;
	design_mm: number | null;
	design_rate: number | null;
	zeroings: StoredZeroing[];
	device_no: number | null;
	interval_s: number | null;
}

async function pointsOf(
	db: Db,
	pit: { id: string; site_id: string; depth_m: number | null; base_slab_on: string | null },
	book: RuleBook,
	now: Date,
): Promise<SectionPoint[]> {
	const { rows } = await sql<PointRow>`
		select point.no, point.id, point.code, point.quantity, side.name as side_name, side.support,
			coalesce(side.grade, case when point.side_id is null
				then (select min(grade) from pit_side where pit_id = point.pit_id) end) as grade,
			point.design_cumulative_mm as design_mm, point.design_rate_mm_per_day as design_rate,
			point.zeroings,
			device.no as device_no, device.expected_interval_s as interval_s
		from monitor_point as point
		left join pit_side as side on side.id = point.side_id
		left join device_binding as binding on binding.monitor_point_id = point.id and binding.bound_to is null
		left join device on device.id = binding.device_id
		where point.pit_id = ${pit.id}
		order by point.code`.execute(db);
	const samples = await samplesOf(db, rows, now);
	return rows.map((row) => {
		const limits = limitsOf(
			{
				...{ quantity: row.quantity, grade: row.grade, support: row.support, depthM: pit.depth_m },
				isSlabDone: pit.base_slab_on !== null,
				...{ designCumulative: row.design_mm, designRatePerDay: row.design_rate },
			},
			pitRules.limits,
		);
		const changed = asChanged(limits, row, pit.site_id, book);
		return pointOf(row, changed, wholeWay(row, samples.get(row.device_no ?? -1) ?? []), now);
	});
}

/** As the engine judges it: where the bureau says what the point may reach, that holds. */
function asChanged(limits: PointLimits, { id, quantity }: PointRow, siteId: string, book: RuleBook): PointLimits {
	const { cumulative, rate, waterRate } = alarmRules.monitorPoint;
	const subject = { townCode: null, siteId, machineId: null, pointId: id };
	const ofRule = (rules: WatchRules, otherwise: PointLimit | null, unit: string): PointLimit | null => {
		const { limit, origins } = book.of(rules, subject);
		const origin = origins.get('limit');
		if (limit === undefined || origin?.kind !== 'change') return otherwise;
		return limitOfBureau(limit, origin.change.reason, otherwise, unit);
	};
	return {
		cumulative: ofRule(cumulative, limits.cumulative, 'mm'),
		rate: ofRule(quantity === 'waterLevel' ? waterRate : rate, limits.rate, 'mm/d'),
	};
}

/** Values as if the sensor had never been set to zero. Levels are kept in metres and shown in millimetres. */
function wholeWay({ quantity, zeroings }: PointRow, samples: readonly Sample[]): readonly Sample[] {
	if (zeroings.length === 0) return samples;
	const scale = quantity === 'waterLevel' ? 1000 : 1;
	const known = zeroingsIn(zeroings);
	return samples.map(({ atMs, value }) => ({ atMs, value: value + keptAt(known, atMs) * scale }));
}

function pointOf(
	row: PointRow,
	{ cumulative, rate }: ReturnType<typeof limitsOf>,
	samples: readonly Sample[],
	now: Date,
): SectionPoint {
	const last = samples.at(-1);
	const window = { atMs: [], mm: [] };
	let perDay = NaN;
	for (const { atMs, value } of samples) perDay = rateWith(window, measureRules.rate, atMs, value);
	// Water is a level above a datum: only its change has a limit here.
	const isLevel = row.quantity === 'waterLevel';
	const used = last && cumulative && !isLevel ? (Math.abs(last.value) / cumulative.value) * 100 : NaN;
	const isStale =
		!last || presence(now.getTime() - last.atMs, row.interval_s ?? 3600, deviceRules.presence) !== 'fresh';
	const values = samples.map(({ value }) => value);
	return {
		...{ no: row.no, id: row.id, code: row.code, quantity: row.quantity, sideName: row.side_name },
		...{ cumulative: isLevel ? null : inWords(cumulative), rate: inWords(rate) },
		latest: last ? { value: last.value, observedAt: new Date(last.atMs).toISOString() } : null,
		ratePerDay: numberOrNull(perDay),
		cumulativePercent: numberOrNull(used),
		ratePercent: numberOrNull(rate ? (perDay / rate.value) * 100 : NaN),
		band: isStale ? 'unknown' : bandOf(used, pitRules.bands, cumulative?.isUpperBound),
		forecast:
			cumulative && !isLevel
				? forecastCrossing(samples, cumulative.value, now.getTime(), pitRules.forecast)
				: { kind: 'unknown' },
		isStale,
		envelope: values.length > 0 ? { low: Math.min(...values), high: Math.max(...values) } : null,
		zeroings: row.zeroings.map(({ at, kept, reason, by }) => ({ at, kept, reason, by })),
		curve: byDay(samples),
	};
}

function inWords(limit: PointLimit | null): SectionLimit | null {
	return limit && { ...limit, source: sourceWords(limit.source) };
}

/** Four a day and the newest: enough for a line, few enough to send. */
async function samplesOf(db: Db, rows: readonly PointRow[], now: Date): Promise<Map<number, Sample[]>> {
	const deviceNos = rows.flatMap(({ device_no }) => (device_no === null ? [] : [device_no]));
	const found = new Map<number, Sample[]>();
	if (deviceNos.length === 0) return found;
	const { rows: readings } = await sql<{ no: number; at: number; value: number | null }>`
		select distinct on (device_no, step) device_no as no, at, value
		from (
			select device_no, (extract(epoch from observed_at) * 1000)::float8 as at,
				floor(extract(epoch from observed_at) / 21600) as step,
				case when jsonb_typeof(values->'cumulativeMm') = 'number' then (values->>'cumulativeMm')::float8
					when jsonb_typeof(values->'levelM') = 'number' then (values->>'levelM')::float8 * 1000
					when jsonb_typeof(values->'forceKn') = 'number' then (values->>'forceKn')::float8 end as value
			from reading
			where device_no = any(${deviceNos}::integer[]) and observed_at >= ${new Date(now.getTime() - DAYS * DAY_MS)}
				and observed_at <= ${now}
		) as each
		where value is not null
		order by device_no, step, at desc`.execute(db);
	for (const { no, at, value } of readings)
		found.set(no, [...(found.get(no) ?? []), { atMs: Number(at), value: value! }]);
	return found;
}

function byDay(samples: readonly Sample[]): SectionPoint['curve'] {
	const days = new Map<string, Sample>();
	for (const sample of samples) days.set(shanghaiDayOf(sample.atMs), sample);
	return [...days.values()].map(({ atMs, value }) => ({ at: new Date(atMs).toISOString(), value }));
}

function numberOrNull(value: number): number | null {
	return Number.isFinite(value) ? value : null;
}
