// The page of one device: the register, the live state and the newest frames put side by side.

import { curvePoints, keepRules } from '#db/rules/reading.ts';
import { sourceWords } from '#db/rules/source-words.ts';
import { deviceRules } from '#db/rules/device.ts';
import { QUANTITIES } from '#lib/contract/telemetry.ts';
import type { DeviceCurve, DeviceSheet } from '#lib/contract/devices.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { isSkewed, skewS } from '#lib/domain/device/habit.ts';
import { shown, type Watch } from '#lib/domain/alarm/watch.ts';
import type { Databases, Db } from '../db/connection.ts';
import type { LiveState } from '../live/live-state.ts';
import { deviceRow, lastFrames } from '../repositories/device.ts';
import { curveBuckets } from '../repositories/reading-storage.ts';
import { serviceOf } from '../repositories/service.ts';
import { stillsOf } from '../repositories/still.ts';

const FRAMES = 20;
const DAY_MS = 86_400_000;
const DAY_S = 86_400;
/** Names of people stay in the evidence and are not shown. */
const PERSONAL = /driver|welder|idcard|phone|PW=/i;

/** @returns undefined when there is no such device, or none in scope */
export async function deviceSheet(
	db: Db,
	state: LiveState,
	scope: Scope,
	id: string,
	now: Date,
): Promise<DeviceSheet | undefined> {
	const row = await deviceRow(db, scope, id);
	if (!row) return undefined;
	const live = state.devices.get(id);
	const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
	let frames = await lastFrames(db, row.no, before(2), FRAMES);
	if (frames.length === 0) frames = await lastFrames(db, row.no, new Date(0), FRAMES);
	const service = await serviceOf(db, id, now);
	const skew = live && skewS(live.habit, deviceRules.habit);
	const reported = new Set(
		frames.flatMap(({ values }) => Object.keys(values).filter((n) => typeof values[n] === 'number')),
	);
	const known = QUANTITIES.filter((quantity) => reported.has(quantity));
	return {
		...{ id: row.id, kind: row.kind, vendor: row.vendor, bindings: row.bindings },
		presence: live?.presence ?? 'never-reported',
		isPlannedOff: !live?.object || live.object.isPlanned,
		intervalS: live?.intervalS ?? row.registeredS,
		registeredIntervalS: row.registeredS,
		isIntervalLearned: live !== undefined && live.intervalS !== row.registeredS,
		skewS: skew ?? null,
		isSkewed: isSkewed(skew, deviceRules.habit),
		lastSeenAt: live && !Number.isNaN(live.seenMs) ? new Date(live.seenMs).toISOString() : (frames[0]?.at ?? null),
		service: service ? { until: service.until.toISOString(), reason: service.reason, by: service.by } : null,
		quantities: [...known, ...[...reported].filter((name) => !(QUANTITIES as readonly string[]).includes(name)).sort()],
		limits: (live?.watches ?? []).flatMap((watched) => limitsOf(watched)),
		frames: frames.map((frame) => ({ ...frame, raw: withoutPeople(frame.raw) })),
		stills: (await stillsOf(db, scope, id, before(30), now)).map(({ observedAt, ...still }) => ({
			...still,
			at: observedAt.toISOString(),
		})),
	};
}

/** Also of the means a station sends instead of moments, where they are judged. */
function limitsOf(watched: Watch): DeviceSheet['limits'] {
	const { quantity, measure, spans, by } = watched.rules;
	if (measure === 'rate' || measure === 'flag') return [];
	return [quantity, ...(spans ? [`${quantity}-Avg`] : [])].flatMap((name) =>
		by.limits.map(({ level, from }) => ({
			...{ quantity: name, level, value: shown(watched, from.value) },
			...{ source: sourceWords(from.source), confidence: from.confidence },
		})),
	);
}

function withoutPeople(raw: unknown): unknown {
	if (typeof raw === 'string') return raw.replace(/PW=[^;]*/g, 'PW=***');
	if (typeof raw !== 'object' || raw === null) return raw;
	if (Array.isArray(raw)) return raw.map(withoutPeople);
	return Object.fromEntries(
		Object.entries(raw).map(([name, value]) => [name, PERSONAL.test(name) ? '***' : withoutPeople(value)]),
	);
}

/** The curve of one quantity, as fine as the span allows and the past still holds. */
export async function deviceCurve(
	db: Db,
	tier: Databases['tier'],
	deviceNo: number,
	{ quantity, from, to }: { quantity: string; from: Date; to: Date },
	now: Date,
): Promise<DeviceCurve> {
	const spanS = (to.getTime() - from.getTime()) / 1000;
	const stepS = Math.max(1, Math.ceil(spanS / curvePoints.value));
	const ageS = (now.getTime() - from.getTime()) / 1000;
	const keep = keepRules[tier];
	const isRaw = ageS <= keep.raw.value * DAY_S && spanS <= 2 * DAY_S;
	const isMinute = !isRaw && ageS <= keep.minute.value * DAY_S && spanS <= 14 * DAY_S;
	const detail = isRaw ? 'raw' : isMinute ? 'minute' : 'hour';
	const least = { raw: 1, minute: 60, hour: 3600 }[detail];
	const table = { raw: 'reading', minute: 'reading_minute', hour: 'reading_hour' } as const;
	const step = Math.max(stepS, least);
	const read = (from_: Date, to_: Date, at: typeof detail) =>
		from_ < to_ ? curveBuckets(db, table[at], { deviceNo, quantity, from: from_, to: to_, stepS: step }) : [];
	// What is not rolled up yet is only in the raw readings.
	const rolledTo = new Date(Math.max(from.getTime(), Math.floor(now.getTime() / DAY_MS) * DAY_MS - 2 * DAY_MS));
	const buckets = isRaw
		? await read(from, to, 'raw')
		: [...(await read(from, rolledTo < to ? rolledTo : to, detail)), ...(await read(rolledTo, to, 'raw'))];
	return {
		...{ quantity, from: from.toISOString(), to: to.toISOString(), stepS: step, detail },
		steps: buckets.map(({ atMs, least: low, greatest, mean, bad }) => ({
			...{ at: new Date(atMs).toISOString(), least: low, greatest, mean, bad },
		})),
	};
}
