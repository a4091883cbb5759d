// After a start: the state of every device from its newest reading, and the alarms that are still open.

import { alarmRules, measureRules } from '#db/rules/alarm.ts';
import { clusterRules } from '#db/rules/cluster.ts';
import { deviceRules } from '#db/rules/device.ts';
import { hotWorkRules } from '#db/rules/hot-work.ts';
import { passed, resumed, type OpenAlarm } from '#lib/domain/alarm/condition.ts';
import { heldOrder } from '#lib/domain/device/hold-back.ts';
import { believable } from '#lib/domain/device/plausible.ts';
import { fallSilent } from '#lib/domain/alarm/speaker.ts';
import { unshown } from '#lib/domain/alarm/watch.ts';
import { rateWith } from '#lib/domain/pit/rate.ts';
import type { Db } from '../db/connection.ts';
import type { LiveDevice } from '../live/live-device.ts';
import type { LiveState } from '../live/live-state.ts';
import { incidentRules } from '#db/rules/alarm-life.ts';
import { standingAlarmRows } from '../repositories/alarm.ts';
import { keptBaselines } from '../repositories/device-baseline.ts';
import { groupsSince } from '../repositories/incident.ts';
import { outOfService } from '../repositories/service.ts';
import {
	heardMs,
	newestReadings,
	readingsOfEach,
	readingsReceivedSince,
	thinnedReadings,
	type ReceivedReading,
	type StoredReading,
} from '../repositories/reading.ts';
import type { AlarmRow, Describe } from './alarm-row.ts';
import { IN_A_ROW, silentBefore, warmUp } from './warm-up.ts';
import type { Engine } from './engine.ts';
import type { Outbox } from './outbox.ts';

/**
 * Reads the past back; nothing is told of it. Alarms the register has no place for any more end when it is done.
 *
 * @param judgedAt - up to when everything was judged before; what was stored later is judged now, one by one, as it
 *   would have been. Null: only the newest reading of each device is looked at.
 */
export async function restore(
	db: Db,
	state: LiveState,
	engine: Engine,
	{ outbox, describe, holdMs }: { outbox: Outbox; describe: Describe; holdMs: number },
	nowMs: number,
	judgedAt: Date | null = null,
): Promise<void> {
	outbox.remember(await groupsSince(db, new Date(nowMs - incidentRules.window.value * 60_000)));
	for (const { deviceId, until } of await outOfService(db)) engine.setService(deviceId, until.getTime(), nowMs);
	for (const row of await standingAlarmRows(db)) {
		const device = state.deviceOf(row);
		engine.book.take(row, device?.object ?? null, describe(row.deviceId, row.objectNo));
		if (row.clearedAt !== null) continue;
		if (row.origin !== 'device') engine.parentWasDown(row.deviceId);
		const watched = device?.watches.find(({ rules }) => rules.condition === row.condition);
		if (device && watched) {
			watched.state = resumed(
				watched.rules.by,
				asOpen(row, (peak) => unshown(watched, peak)),
			);
			if (watched.rules.measure === 'event') passed(watched.state, row.lastAt.getTime());
			engine.goOn(device);
		} else if (device && row.condition === 'offline')
			device.offline = resumed(
				alarmRules.offline,
				asOpen(row, (peak) => peak / device.intervalS),
			);
	}
	await restoreBaselines(db, state);
	await restoreHotWork(db, state, engine, nowMs);
	await restoreRates(db, state, nowMs);
	const byNo = new Map([...state.devices.values()].map((device) => [device.no, device]));
	const unjudged = await unjudgedReadings(db, [...byNo.keys()], nowMs, judgedAt);
	const waiting = new Set(unjudged?.map(({ deviceNo }) => deviceNo));
	const stored = await newestOf(db, [...byNo.keys()], nowMs);
	const judgedMs = unjudged === null ? Infinity : unjudgedFrom(judgedAt!);
	const newest = await heardLast(db, stored, byNo, judgedMs);
	await warmUp(db, byNo, newest, judgedMs, { nowMs, holdMs });
	for (const { deviceNo, atUs, seq } of stored) Object.assign(byNo.get(deviceNo)!, { takenUs: atUs, takenSeq: seq });
	// In the order they were heard: what several devices say together hangs on it.
	for (const reading of newest.toSorted((a, b) => heardMs(a) - heardMs(b))) {
		const device = byNo.get(reading.deviceNo)!;
		if (!waiting.has(reading.deviceNo)) {
			silentBefore(device, reading.receivedMs);
			engine.observe([{ ...reading, device, atUs: heardMs(reading) * 1000 }], nowMs);
		}
		// How long it was on its way, not how long ago that was.
		device.lagMs = reading.receivedMs - heardMs(reading);
		// Nothing that was counting goes on over a silence.
		if (device.presence !== 'fresh') fallSilent(device);
	}
	let sweptMs = unjudged?.[0]?.receivedMs ?? nowMs;
	const came = (unjudged ?? []).map((reading) => ({ ...reading, cameMs: reading.receivedMs }));
	for (const { deviceNo, atUs, seq, values, receivedMs } of heldOrder(came, holdMs)) {
		// Delays run out between readings, as they would have.
		for (; sweptMs + SWEEP_MS <= receivedMs; sweptMs += SWEEP_MS) engine.sweep(sweptMs + SWEEP_MS);
		const device = byNo.get(deviceNo)!;
		silentBefore(device, receivedMs);
		engine.observe([{ device, atUs, seq, values }], receivedMs);
	}
	engine.sweep(nowMs);
	engine.registerChanged(nowMs);
}

/** Most devices spoke this week; only for the others all that is kept is searched. */
async function newestOf(db: Db, deviceNos: readonly number[], nowMs: number): Promise<ReceivedReading[]> {
	const until = new Date(nowMs + deviceRules.clock.futureS.value * 1000);
	const recent = await newestReadings(db, deviceNos, { since: new Date(nowMs - WEEK_MS), until });
	const found = new Set(recent.map(({ deviceNo }) => deviceNo));
	const silent = deviceNos.filter((no) => !found.has(no));
	const since = new Date(deviceRules.clock.earliestMs.value);
	return [...recent, ...(await newestReadings(db, silent, { since, until }))];
}

/** Where a clock was ahead the newest by its stamp need not be the last that was heard. */
async function heardLast(
	db: Db,
	newest: readonly ReceivedReading[],
	byNo: ReadonlyMap<number, LiveDevice>,
	judgedMs: number,
): Promise<readonly ReceivedReading[]> {
	const ahead = newest.filter((reading) => heardMs(reading) < reading.atUs / 1000);
	const wanted = ahead.map((reading) => ({
		deviceNo: reading.deviceNo,
		since: new Date(heardMs(reading) - MOST_AHEAD_MS),
	}));
	const last = new Map<number, ReceivedReading>();
	for (const reading of await readingsOfEach(db, wanted)) {
		const known = last.get(reading.deviceNo);
		if (!known || heardMs(reading) >= heardMs(known)) last.set(reading.deviceNo, reading);
		const device = byNo.get(reading.deviceNo)!;
		const isAhead = heardMs(reading) < reading.atUs / 1000 && reading.receivedMs <= judgedMs;
		if (isAhead) (device.ahead ??= new Map()).set(`${reading.atUs} ${reading.seq}`, reading.atUs);
	}
	return newest.map((reading) => last.get(reading.deviceNo) ?? reading);
}

const MOST_AHEAD_MS = deviceRules.clock.futureS.value * 1000;
const WEEK_MS = 7 * 86_400_000;
const SWEEP_MS = 1000;
/** More than this at once is not caught up with; the newest readings say what is. */
const UNJUDGED_MOST = 200_000;

/** What was stored and acknowledged, but perhaps not judged any more. Null: too long ago to be caught up with. */
async function unjudgedReadings(
	db: Db,
	deviceNos: readonly number[],
	nowMs: number,
	judgedAt: Date | null,
): Promise<ReceivedReading[] | null> {
	if (!judgedAt || nowMs - judgedAt.getTime() > clusterRules.replayMost.value * 1000) return null;
	return readingsReceivedSince(db, deviceNos, new Date(unjudgedFrom(judgedAt)), UNJUDGED_MOST);
}

const unjudgedFrom = (judgedAt: Date): number => judgedAt.getTime() - clusterRules.replayMargin.value * 1000;

/** Masts stand where they stood: the readings that taught it may be thinned out by now. */
async function restoreBaselines(db: Db, state: LiveState): Promise<void> {
	for (const { deviceId, installationId, baseline } of await keptBaselines(db)) {
		const device = state.devices.get(deviceId);
		const watched = device?.watches.find((one) => one.baseline);
		if (watched?.baseline && device?.object?.id === installationId) Object.assign(watched.baseline, baseline);
	}
}

/** Twice as far back as a word holds: what ended while nobody listened is told too. */
async function restoreHotWork(db: Db, state: LiveState, engine: Engine, nowMs: number): Promise<void> {
	const byNo = new Map([...state.devices.values()].flatMap((one) => (one.kind === 'hotWork' ? [[one.no, one]] : [])));
	const since = new Date(nowMs - 2 * hotWorkRules.goneAfter.value * 1000);
	const wanted = [...byNo.keys()].map((deviceNo) => ({ deviceNo, since }));
	for (const reading of await readingsOfEach(db, wanted))
		engine.hotWorks.hear(byNo.get(reading.deviceNo)!, heardMs(reading), reading.values, heardMs(reading));
}

/** Pit points need the readings of a day, and of some rounds before, to know how fast they move. */
async function restoreRates(db: Db, state: LiveState, nowMs: number): Promise<void> {
	const { window, spacing } = measureRules.rate;
	const rates = new Map(
		[...state.devices.values()].flatMap((device) =>
			device.watches.filter(({ rules }) => rules.measure === 'rate').map((watched) => [device.no, watched] as const),
		),
	);
	const intervals = new Map([...state.devices.values()].map(({ no, intervalS }) => [no, intervalS]));
	const isSlow = (no: number) => intervals.get(no)! >= spacing.value * 60;
	const sinceMs = (intervalS: number) => nowMs - window.value * 3_600_000 - IN_A_ROW * intervalS * 1000;
	const nos = [...rates.keys()];
	const quick = nos.filter((no) => !isSlow(no));
	const slow = nos.filter(isSlow).map((no) => ({ deviceNo: no, since: new Date(sinceMs(intervals.get(no)!)) }));
	const readings: StoredReading[] = [
		...(await thinnedReadings(db, quick, new Date(sinceMs(spacing.value * 60)), spacing.value * 60)),
		...(await readingsOfEach(db, slow)),
	];
	for (const { deviceNo, atUs, values } of readings) {
		const { rules, rate, zeroings } = rates.get(deviceNo)!;
		rateWith(
			rate,
			measureRules.rate,
			atUs / 1000,
			believable(values[rules.quantity], measureRules.plausible[rules.quantity]),
			zeroings,
		);
	}
}

function asOpen(row: AlarmRow, judged: (peak: number) => number): OpenAlarm {
	return {
		level: row.level,
		raisedMs: row.raisedAt.getTime(),
		lastMs: row.lastAt.getTime(),
		peak: judged(row.peak ?? row.limit),
		count: row.count,
		isAcknowledged: row.acknowledgedAt !== null,
	};
}
