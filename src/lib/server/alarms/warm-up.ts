// After a start: delays that were running, means and readings in a row go on where they were. The readings that had
// been judged are shown to the watches once more, quietly: whether an alarm is open is told by its row, not by them.

import { measureRules } from '#db/rules/alarm.ts';
import { deviceRules } from '#db/rules/device.ts';
import { fallSilent } from '#lib/domain/alarm/speaker.ts';
import { derive, observe, type Watch } from '#lib/domain/alarm/watch.ts';
import { heldOrder } from '#lib/domain/device/hold-back.ts';
import { presence } from '#lib/domain/known.ts';
import { believable } from '#lib/domain/device/plausible.ts';
import { rateWith, type RateWindow } from '#lib/domain/pit/rate.ts';
import { keptAt } from '#lib/domain/pit/zeroing.ts';
import type { Db } from '../db/connection.ts';
import type { LiveDevice } from '../live/live-device.ts';
import { heardMs, readingsOfEach, type ReceivedReading, type StoredReading } from '../repositories/reading.ts';

/** Below this part of its limit nothing of a value is running. */
const NEAR = 0.5;
/** Readings in a row are waited for by rules that need several, pit points among them. */
export const IN_A_ROW = 4;
const MARGIN_MS = 60_000;

/**
 * @param newest - the newest reading of each device; one that is still fresh is not shown, whoever calls judges it aloud
 * @param holdMs - how long readings wait for those they may have overtaken
 * @param judgedMs - readings received later are judged aloud too; infinite where the newest only is
 */
export async function warmUp(
	db: Db,
	devices: ReadonlyMap<number, LiveDevice>,
	newest: readonly ReceivedReading[],
	judgedMs: number,
	{ nowMs, holdMs }: { nowMs: number; holdMs: number },
): Promise<void> {
	const wanted = newest.flatMap((reading) => {
		const device = devices.get(reading.deviceNo)!;
		const spanMs = spanOf(device, reading);
		if (spanMs === 0) return [];
		const sinceMs = Math.max(heardMs(reading) - spanMs, device.boundFromMs);
		for (const { rate } of device.watches) forget(rate, sinceMs);
		return [{ deviceNo: reading.deviceNo, since: new Date(sinceMs) }];
	});
	const isAloud = (reading: ReceivedReading) => isFresh(devices.get(reading.deviceNo)!, nowMs - heardMs(reading));
	const aloud = new Map(
		(judgedMs === Infinity ? newest.filter(isAloud) : []).map((reading) => [reading.deviceNo, reading]),
	);
	/** The newest itself, or received after it and so overtaken by it. */
	const isBehind = (reading: ReceivedReading, last: ReceivedReading | undefined) =>
		last !== undefined && (keyOf(reading) === keyOf(last) || reading.receivedMs > last.receivedMs + holdMs);
	const readings = await readingsOfEach(db, wanted);
	// As they came: one that a newer one had overtaken for longer than they wait for each other was not judged.
	const came = readings
		.sort((a, b) => a.receivedMs - b.receivedMs || a.atUs - b.atUs || a.seq - b.seq)
		.map((reading) => ({ ...reading, cameMs: reading.receivedMs }));
	for (const reading of heldOrder(came, holdMs))
		if (reading.receivedMs <= judgedMs && !isBehind(reading, aloud.get(reading.deviceNo)))
			show(devices.get(reading.deviceNo)!, reading);
}

/** What is shown once more is taken into the window of a rate then. */
function forget({ atMs, mm }: RateWindow, sinceMs: number): void {
	const from = atMs.findIndex((ms) => ms >= sinceMs);
	if (from < 0) return;
	atMs.length = from;
	mm.length = from;
}

const keyOf = ({ deviceNo, atUs, seq }: StoredReading): string => `${deviceNo} ${atUs} ${seq}`;

/** How far back something may be running, ms; 0: nothing can be. Means always go back as far as their window. */
function spanOf(device: LiveDevice, reading: ReceivedReading): number {
	const spans = device.watches.map((watched) => {
		const meanMs = windowMs(watched);
		return isNear(device, watched, reading)
			? delayMs(watched, device) + meanMs + MARGIN_MS
			: meanMs && meanMs + MARGIN_MS;
	});
	return Math.max(0, ...spans);
}

function windowMs({ rules: { measure, over } }: Watch): number {
	return (measure === 'windMean' ? measureRules.wind.window.value : (over?.window.value ?? 0)) * 1000;
}

function delayMs({ rules: { by } }: Watch, { intervalS }: LiveDevice): number {
	const isRepeated = by.limits.some(({ confirmations }) => confirmations.value > 1);
	return Math.max(by.onDelay.value, by.offDelay.value, isRepeated ? IN_A_ROW * intervalS : 0) * 1000;
}

function isNear(device: LiveDevice, watched: Watch, reading: ReceivedReading): boolean {
	const { rules, state } = watched;
	// What several devices say together is not told by one of them.
	if (rules.measure === 'derived') return device.informs.length > 0;
	if (state.open) return true;
	const lowest = rules.by.limits[0]!.from.value;
	const quantities = [rules.quantity, ...(rules.parts ?? []).map(({ quantity }) => quantity)];
	return quantities.some((quantity) => {
		const judged = roughly(watched, reading, quantity);
		return rules.by.side === 'below' ? judged <= lowest / NEAR : judged >= lowest * NEAR;
	});
}

/** What would be judged, without its sign and without means; NaN where that cannot be told. */
function roughly({ rules, design, rate, zeroings }: Watch, reading: ReceivedReading, quantity: string): number {
	const value = believable(reading.values[quantity], measureRules.plausible[quantity]);
	if (rules.measure === 'utilisation') return (Math.abs(value + keptAt(zeroings, heardMs(reading))) / design) * 100;
	if (rules.measure !== 'rate') return Math.abs(value);
	const copy = { atMs: [...rate.atMs], mm: [...rate.mm] };
	return (rateWith(copy, measureRules.rate, heardMs(reading), value, zeroings) / design) * 100;
}

function show(device: LiveDevice, reading: ReceivedReading): void {
	const { receivedMs, values } = reading;
	const atMs = heardMs(reading);
	// It came too late to be judged.
	if (!isFresh(device, receivedMs - atMs) || atMs < device.latestMs) return;
	silentBefore(device, receivedMs);
	device.latest = values;
	device.latestMs = atMs;
	for (const watched of device.watches) quietly(watched, atMs, () => observe(watched, measureRules, atMs, values));
	for (const other of device.informs)
		for (const watched of other.watches)
			if (watched.derive) quietly(watched, atMs, () => derive(watched, { who: device, atMs }));
}

/** A silence that lay before a reading, as sweeps would have seen it: nothing that was counting goes on over it. */
export function silentBefore(device: LiveDevice, receivedMs: number): void {
	if (!isFresh(device, receivedMs - device.latestMs)) fallSilent(device);
}

function isFresh({ intervalS }: LiveDevice, silentMs: number): boolean {
	return presence(silentMs, intervalS, deviceRules.presence) === 'fresh';
}

/** Judges without opening or ending anything. */
function quietly({ state }: Watch, atMs: number, judging: () => unknown): void {
	const kept = { open: state.open && { ...state.open }, on: [...state.on] };
	judging();
	const seen = state.open;
	// The row is refreshed now and then: what came after is not in it yet.
	if (kept.open && seen && atMs > kept.open.lastMs)
		Object.assign(kept.open, { count: seen.count, peak: seen.peak, lastMs: seen.lastMs });
	const isRestless = [...state.aboveSince, ...state.calmSince].some((sinceMs) => !Number.isNaN(sinceMs));
	Object.assign(state, kept, { isRestless });
}
