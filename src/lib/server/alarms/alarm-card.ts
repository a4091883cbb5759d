// Gathers what a card shows of one alarm: its rule with the source, the curve around it, history, who saw it, who was
// told, and who could take it.

import { alarmRules, ruleCatalogue } from '#db/rules/alarm.ts';
import { deviceRules } from '#db/rules/device.ts';
import { sourceWords } from '#db/rules/source-words.ts';
import type { AlarmCard } from '#lib/contract/alarm-card.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { saidOf, shown, type Measure, type Watch, type WatchRules } from '#lib/domain/alarm/watch.ts';
import { keptAt, NEVER_ZEROED } from '#lib/domain/pit/zeroing.ts';
import type { Db } from '../db/connection.ts';
import type { LivePart } from '../live/live-part.ts';
import { subjectOf } from '../live/watches.ts';
import { alarmsInScope } from '../repositories/alarm.ts';
import { seenBy, stepsOf } from '../repositories/alarm-step.ts';
import { toldOf } from '../repositories/escalation.ts';
import { peopleWith } from '../repositories/duty.ts';
import { dangersOf } from '../repositories/pit-watch.ts';
import { thinnedReadings } from '../repositories/reading.ts';
import { stillsOf } from '../repositories/still.ts';
import { alarmMessage, type AlarmRow } from './alarm-row.ts';
import { sourceOfLimit } from './limit-source.ts';
import { limitsThen } from './limits-then.ts';

/** Words and not numbers. */
const HAS_NO_CURVE = new Set<Measure>(['event', 'flag']);
const BEFORE_MS = 20 * 60_000;
const LONGEST_MS = 6 * 3_600_000;
const POINTS = 200;

/** @param behindWall - where the alarm and what was told of it are asked; curve, stills and who is on duty follow from that */
export async function alarmCard(
	db: Db,
	live: LivePart,
	scope: Scope,
	id: string,
	nowMs: number,
	behindWall: Db = db,
): Promise<AlarmCard | undefined> {
	const [row] = await alarmsInScope(behindWall, scope, { id, limit: 1, after: 0 });
	if (!row) return undefined;
	const device = live.state.devices.get(row.deviceId);
	const watched = live.state.deviceOf(row)?.watches.find(({ rules }) => rules.condition === row.condition);
	const shipped = ruleCatalogue.find(({ by }) => by.key === row.ruleKey);
	const looked = watched?.rules ?? shipped;
	const quantity = looked?.quantity ?? null;
	const rule = watched ? ruleOf(watched) : row.condition === 'offline' ? ruleOfSilence(device?.intervalS ?? 1) : null;
	const iso = (at: Date) => at.toISOString();
	return {
		alarm: alarmMessage(row, live.describe(row.deviceId, row.objectNo)),
		rule,
		limitSource: await sourceOfLimit(db, live, row, watched, rule),
		quantity,
		dangers: await dangersAt(behindWall, live, row),
		stills: watched ? await stillsAround(db, scope, row, watched, nowMs) : [],
		...(device && looked && !HAS_NO_CURVE.has(looked.measure)
			? await curveOf(db, live, device.no, looked, row, nowMs, watched)
			: { curve: [], curveLimits: [], isOnlyJudgedLimit: false }),
		steps: (await stepsOf(behindWall, id)).map(({ at, move, by, level, note }) => ({
			...{ at: iso(at), move, by: by?.name ?? null, level, note },
		})),
		seen: (await seenBy(behindWall, id)).map((seen) => ({
			...seen,
			firstAt: iso(seen.firstAt),
			lastAt: iso(seen.lastAt),
		})),
		told: await toldOf(behindWall, row.incidentId ?? row.id),
		people: await peopleWith(db, ['dutyOfficer', 'supervisor']),
	};
}

/** As it holds for this very device: changed by the bureau, lowered by weather, per point. */
function ruleOf(watched: Watch): AlarmCard['rule'] {
	const { key, limits, deadband, onDelay, offDelay } = watched.rules.by;
	return {
		key,
		limits: limits.map(({ level, from }) => ({
			...{ level, value: shown(watched, from.value), unit: watched.unit },
			...{ source: sourceWords(from.source), confidence: from.confidence },
		})),
		deadband: { value: deadband.value, unit: deadband.unit },
		onDelayS: onDelay.value,
		offDelayS: offDelay.value,
	};
}

function ruleOfSilence(intervalS: number): AlarmCard['rule'] {
	const { key, limits, deadband, onDelay, offDelay } = alarmRules.offline;
	return {
		key,
		limits: limits.map(({ level, from }) => ({
			...{ level, value: from.value * intervalS, unit: 's' },
			...{ source: sourceWords(from.source), confidence: from.confidence },
		})),
		deadband: { value: deadband.value, unit: deadband.unit },
		onDelayS: onDelay.value,
		offDelayS: offDelay.value,
	};
}

/** What people have reported at the pit: those signs that were not over before it was raised. */
async function dangersAt(
	db: Db,
	live: LivePart,
	{ condition, objectNo, raisedAt, clearedAt }: AlarmRow,
): Promise<AlarmCard['dangers']> {
	const pit = objectNo === null ? undefined : live.state.byNo.get(objectNo);
	if (condition !== alarmRules.pit.dangerSign.condition || pit?.kind !== 'pit') return [];
	return (await dangersOf(db, pit.id)).filter(
		({ reportedAt, endedAt }) =>
			(endedAt === null || new Date(endedAt) >= raisedAt) && (!clearedAt || new Date(reportedAt) <= clearedAt),
	);
}

/** From the moment it was raised until it was over. */
async function stillsAround(
	db: Db,
	scope: Scope,
	{ deviceId, raisedAt, clearedAt, lastAt }: AlarmRow,
	{ rules }: Watch,
	nowMs: number,
): Promise<AlarmCard['stills']> {
	if (!rules.events) return [];
	// A still carries the moment of the camera’s own clock, which may be ahead.
	const until = new Date((clearedAt ? lastAt.getTime() : nowMs) + deviceRules.clock.futureS.value * 1000);
	const found = await stillsOf(db, scope, deviceId, raisedAt, until, rules.events);
	return found.map(({ id, observedAt, event, sha256 }) => ({ id, at: observedAt.toISOString(), event, sha256 }));
}

async function curveOf(
	db: Db,
	live: LivePart,
	deviceNo: number,
	looked: WatchRules,
	row: AlarmRow,
	nowMs: number,
	watched: Watch | undefined,
): Promise<Pick<AlarmCard, 'curve' | 'curveLimits' | 'isOnlyJudgedLimit'>> {
	const endMs = row.clearedAt ? Math.min(nowMs, row.clearedAt.getTime() + BEFORE_MS / 4) : nowMs;
	const startMs = Math.max(row.raisedAt.getTime() - BEFORE_MS, endMs - LONGEST_MS);
	const stepS = Math.max(5, (endMs - startMs) / 1000 / POINTS);
	const readings = await thinnedReadings(db, [deviceNo], new Date(startMs), stepS);
	const zeroings = watched?.zeroings ?? NEVER_ZEROED;
	const curve = readings
		.filter(({ atUs }) => atUs / 1000 <= endMs)
		.map(({ atUs, values }) => {
			const value = saidOf(looked, values);
			const whole = typeof value === 'number' ? value + keptAt(zeroings, atUs / 1000) : null;
			return { at: new Date(atUs / 1000).toISOString(), value: whole };
		});
	// Worked out from several devices: there is nothing of this one to draw.
	if (curve.every(({ value }) => value === null)) return { curve: [], curveLimits: [], isOnlyJudgedLimit: false };
	const object = live.state.deviceOf(row)?.object;
	const subject = object ? subjectOf(object) : null;
	return { curve, ...(await limitsThen(db, row, watched, subject, { fromMs: startMs, toMs: endMs })) };
}
