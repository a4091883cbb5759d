// After a start: the state of every device from its newest reading, and the alarms that are still open.

import { alarmRules, measureRules } from '#db/rules/alarm.ts';
import { clusterRules } from '#db/rules/cluster.ts';
import { deviceRules } from '#db/rules/device.ts';
import { resumed, type OpenAlarm } from '#lib/domain/alarm/condition.ts';
import { believable } from '#lib/domain/device/plausible.ts';
import { unshown } from '#lib/domain/alarm/watch.ts';
import { rateWith } from '#lib/domain/pit/rate.ts';
import type { Db } from '../db/connection.ts';
import type { LiveState } from '../live/live-state.ts';
import { incidentRules } from '#db/rules/alarm-life.ts';
import { standingAlarmRows } from '../repositories/alarm.ts';
import { groupsSince } from '../repositories/incident.ts';
import { outOfService } from '../repositories/service.ts';
import {
	newestReadings,
	readingsReceivedSince,
	thinnedReadings,
	type ReceivedReading,
	type StoredReading,
} from '../repositories/reading.ts';
import type { AlarmRow, Describe } from './alarm-row.ts';
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
	{ outbox, describe }: { outbox: Outbox; describe: Describe },
	nowMs: number,
	judgedAt: Date | null = null,
): Promise<void> {
	outbox.remember(await groupsSince(db, new Date(nowMs - incidentRules.window.value * 60_000)));
	for (const { deviceId, until } of await outOfService(db)) engine.setService(deviceId, until.getTime(), nowMs);
	for (const row of await standingAlarmRows(db)) {
		const device = state.devices.get(row.deviceId);
		engine.book.take(row, device?.object ?? null, describe(row.deviceId, row.objectNo));
		if (row.clearedAt !== null) continue;
		if (row.origin !== 'device') engine.parentWasDown(row.deviceId);
		const watched = device?.watches.find(({ rules }) => rules.condition === row.condition);
		if (watched)
			watched.state = resumed(
				watched.rules.by,
				asOpen(row, (peak) => unshown(watched, peak)),
			);
		else if (device && row.condition === 'offline')
			device.offline = resumed(
				alarmRules.offline,
				asOpen(row, (peak) => peak / device.intervalS),
			);
	}
	await restoreRates(db, state, nowMs);
	const byNo = new Map([...state.devices.values()].map((device) => [device.no, device]));
	const unjudged = await unjudgedReadings(db, [...byNo.keys()], nowMs, judgedAt);
	const waiting = new Set(unjudged.map(({ deviceNo }) => deviceNo));
	for (const reading of await newestOf(db, [...byNo.keys()], nowMs)) {
		const device = byNo.get(reading.deviceNo)!;
		device.takenUs = reading.atUs;
		device.takenSeq = reading.seq;
		if (!waiting.has(reading.deviceNo)) engine.observe([{ device, atUs: reading.atUs, values: reading.values }], nowMs);
	}
	let sweptMs = unjudged[0]?.receivedMs ?? nowMs;
	for (const { deviceNo, atUs, values, receivedMs } of unjudged) {
		// Delays run out between readings, as they would have.
		for (; sweptMs + SWEEP_MS <= receivedMs; sweptMs += SWEEP_MS) engine.sweep(sweptMs + SWEEP_MS);
		engine.observe([{ device: byNo.get(deviceNo)!, atUs, values }], receivedMs);
	}
	engine.sweep(nowMs);
	engine.registerChanged(nowMs);
}

/** Most devices spoke this week; only for the others all that is kept is searched. */
async function newestOf(db: Db, deviceNos: readonly number[], nowMs: number): Promise<StoredReading[]> {
	const until = new Date(nowMs + deviceRules.clock.futureS.value * 1000);
	const recent = await newestReadings(db, deviceNos, { since: new Date(nowMs - WEEK_MS), until });
	const found = new Set(recent.map(({ deviceNo }) => deviceNo));
	const silent = deviceNos.filter((no) => !found.has(no));
	const since = new Date(deviceRules.clock.earliestMs.value);
	return [...recent, ...(await newestReadings(db, silent, { since, until }))];
}

const WEEK_MS = 7 * 86_400_000;
const SWEEP_MS = 1000;
/** More than this at once is not caught up with; the newest readings say what is. */
const UNJUDGED_MOST = 200_000;

/** What was stored and acknowledged, but perhaps not judged any more. */
async function unjudgedReadings(
	db: Db,
	deviceNos: readonly number[],
	nowMs: number,
	judgedAt: Date | null,
): Promise<ReceivedReading[]> {
	const { replayMargin, replayMost } = clusterRules;
	if (!judgedAt || nowMs - judgedAt.getTime() > replayMost.value * 1000) return [];
	const since = new Date(judgedAt.getTime() - replayMargin.value * 1000);
	return readingsReceivedSince(db, deviceNos, since, UNJUDGED_MOST);
}

/** Pit points need the readings of a day to know how fast they move. */
async function restoreRates(db: Db, state: LiveState, nowMs: number): Promise<void> {
	const { window, spacing } = measureRules.rate;
	const rates = new Map(
		[...state.devices.values()].flatMap((device) =>
			device.watches.filter(({ rules }) => rules.measure === 'rate').map((watched) => [device.no, watched] as const),
		),
	);
	const since = new Date(nowMs - window.value * 3_600_000);
	const readings: StoredReading[] = await thinnedReadings(db, [...rates.keys()], since, spacing.value * 60);
	for (const { deviceNo, atUs, values } of readings) {
		const { rules, rate } = rates.get(deviceNo)!;
		rateWith(
			rate,
			measureRules.rate,
			atUs / 1000,
			believable(values[rules.quantity], measureRules.plausible[rules.quantity]),
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
