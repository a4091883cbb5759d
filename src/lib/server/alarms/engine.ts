// Judges what devices report as it comes in, and what they do not report as time passes. Keeps the current state in
// memory; every change of it becomes an event, every alarm a row. Knows no clock of its own: the moment is an argument.

import { alarmRules, measureRules } from '#db/rules/alarm.ts';
import { deviceRules } from '#db/rules/device.ts';
import type { AlarmMessage, EventMessage } from '#lib/contract/events.ts';
import { judge, quiet, wait, type Change, type Said } from '#lib/domain/alarm/condition.ts';
import { fallSilent } from '#lib/domain/alarm/speaker.ts';
import { derive, observe, type Watch } from '#lib/domain/alarm/watch.ts';
import { believable } from '#lib/domain/device/plausible.ts';
import { STOP_CONDITION } from '#lib/domain/flood/movement.ts';
import { presence } from '#lib/domain/known.ts';
import type { NewEvent } from '../events/log.ts';
import type { Row } from '../ingest/check-reading.ts';
import { noteAhead, utilisation } from '../live/hearing.ts';
import { raiseLevels, settleAll, type LevelChange } from '../live/levels.ts';
import type { LiveDevice } from '../live/live-device.ts';
import type { LiveState } from '../live/live-state.ts';
import { knownAfter, ownLevel } from '../live/own-level.ts';
import type { AlarmRow } from './alarm-row.ts';
import { HotWorks } from './hot-works.ts';
import { AlarmBook, judgedSilence, judgedWatch, type Judged } from './alarm-book.ts';
import type { Noticed } from './merge-finding.ts';
import type { Outbox } from './outbox.ts';
import { Parents } from './parents.ts';

export interface Heard extends Pick<Row, 'device' | 'atUs' | 'seq' | 'values'> {
	/** When it came, ms, where it was held back since; the moment of judging without. */
	cameMs?: number;
}

/** Open alarms are written this often although nothing changed but value, peak and count. */
const REFRESH_MS = 30_000;
/** Shelves, lingering alarms and what many devices hang on are looked at this often. */
const LOOK_MS = 1000;

export class Engine {
	readonly book = new AlarmBook();
	readonly hotWorks = new HotWorks();
	readonly #state: LiveState;
	readonly #outbox: Outbox;
	/** Watches with a delay running. */
	readonly #restless = new Map<Watch, LiveDevice>();
	/** While the past is read back nothing is told: it was told when it happened. */
	#isTelling = false;
	#refreshedMs: number;
	#lookedMs = -Infinity;
	readonly #parents: Parents;
	/** Devices whose baseline has changed since it was last put out. */
	readonly #learned = new Set<LiveDevice>();
	/** Devices taken out of service, each until when, ms. */
	readonly #outOfService = new Map<string, number>();

	constructor(state: LiveState, outbox: Outbox, startedMs: number) {
		this.#state = state;
		this.#outbox = outbox;
		this.#refreshedMs = startedMs;
		this.#parents = new Parents(state, startedMs);
	}

	/** From now on changes are written and told. */
	startTelling(): void {
		this.#isTelling = true;
	}

	/** Takes stored readings; repetitions and late ones change nothing but the record. */
	observe(readings: readonly Heard[], nowMs: number): void {
		for (const reading of readings) this.#hear(reading, nowMs);
	}

	#hear({ device, atUs, seq, values, cameMs }: Heard, nowMs: number): void {
		// A clock that is ahead must not hide the readings that come once it is set right.
		const atMs = Math.min(atUs / 1000, cameMs ?? nowMs);
		// Measured before it was bound here: a matter of what it was bound to then, and history.
		if (atMs < device.seenMs || atMs < device.boundFromMs || device.ahead?.has(`${atUs} ${seq}`)) return;
		device.seenMs = atMs;
		noteAhead(device, atUs, seq);
		device.lagMs = nowMs - atMs;
		const { object } = device;
		if (object) {
			const load = values['momentPercent'] ?? values['loadPercent'] ?? utilisation(device, values);
			this.#state.setValues(
				object,
				atMs,
				believable(values['slewDeg'], measureRules.plausible['slewDeg']),
				believable(load, undefined),
				believable(values['windMs'], measureRules.plausible['windMs']),
			);
			for (let holder = object.holder; holder; holder = holder.holder) this.#state.setHeard(holder, atMs);
		}
		// An old start is still a start: how long it holds is told by its own rules.
		if (device.kind === 'hotWork') this.#tellOf(this.hotWorks.hear(device, atMs, values, nowMs));
		const was = device.presence;
		device.presence = presence(nowMs - atMs, device.intervalS, deviceRules.presence);
		// History: kept, shown with its age, but no ground for an alarm any more.
		if (device.presence !== 'fresh') {
			if (was !== device.presence) this.#settle(device, nowMs, 'silence');
			return;
		}
		if (device.offline.open)
			this.#note(judgedSilence(device, alarmRules.offline), judge(device.offline, alarmRules.offline, nowMs, 0), nowMs);
		device.latest = values;
		device.latestMs = atMs;
		let cause = 'heard';
		let isSame = was === 'fresh' && device.level === 'normal';
		const knownAfterMs = knownAfter(device);
		for (const watched of device.watches) {
			const change = observe(watched, measureRules, atMs, values);
			if (change) {
				this.#noteWatch(device, watched, change, nowMs);
				cause = watched.rules.condition;
			}
			if (watched.state.isRestless) this.#restless.set(watched, device);
			if (watched.baseline?.atMs === atMs) this.#learned.add(device);
			isSame &&= !change && !watched.isBad && !watched.isUpperBound && !(watched.knownMs < knownAfterMs);
		}
		if (!isSame) this.#settle(device, nowMs, cause);
		for (const other of device.informs) this.#overhear(other, { who: device, atMs }, nowMs);
	}

	/** Judges what is worked out from several devices: one of them has spoken. */
	#overhear(device: LiveDevice, said: Said, nowMs: number): void {
		for (const watched of device.watches) {
			const before = watched.state.value;
			const change = watched.derive && derive(watched, said);
			if (watched.derive && watched.state.isRestless) this.#restless.set(watched, device);
			if (!change && watched.rules.isCounted && watched.state.open && watched.state.value > before)
				this.#recur(device, watched, nowMs);
			if (!change) continue;
			this.#noteWatch(device, watched, change, nowMs);
			this.#settle(device, nowMs, watched.rules.condition);
		}
	}

	/** What came back soon is the same alarm; whoever took it has not heard of this one where each counts. */
	#noteWatch(device: LiveDevice, watched: Watch, change: Change, nowMs: number): void {
		const judged = judgedWatch(device, watched);
		this.#note(judged, change, nowMs);
		if (change !== 'raised' || !watched.rules.isCounted) return;
		if (this.book.ofDevice(judged)?.life.handling !== 'new') this.#recur(device, watched, nowMs);
	}

	/** One more of the same: whoever took notice of the others has not heard of this one. */
	#recur(device: LiveDevice, watched: Watch, nowMs: number): void {
		const row = this.book.ofDevice(judgedWatch(device, watched));
		if (!row) return;
		if (watched.state.open) watched.state.open.isAcknowledged = false;
		this.#put(this.book.befall(row, { kind: 'recurred' }, nowMs));
	}

	/** Lets time pass: delays run out, devices fall silent. To be called about four times a second. */
	sweep(nowMs: number): void {
		for (const [watched, device] of this.#restless) {
			// An event is over although the camera says nothing more.
			const isWaiting = device.presence === 'fresh' || watched.rules.measure === 'event';
			const change = isWaiting ? wait(watched.state, watched.rules.by, nowMs - device.lagMs) : undefined;
			if (change) {
				this.#noteWatch(device, watched, change, nowMs);
				this.#settle(device, nowMs, watched.rules.condition);
			}
			if (!watched.state.isRestless) this.#restless.delete(watched);
		}
		if (nowMs - this.#lookedMs >= LOOK_MS) this.#look(nowMs);
		for (const device of this.#state.devices.values()) this.#sweepDevice(device, nowMs);
		if (nowMs - this.#refreshedMs >= REFRESH_MS) this.#refresh(nowMs);
	}

	#sweepDevice(device: LiveDevice, nowMs: number): void {
		if (Number.isNaN(device.seenMs)) return;
		const silentMs = nowMs - device.seenMs;
		const now = presence(silentMs, device.intervalS, deviceRules.presence);
		if (now !== device.presence) {
			device.presence = now;
			if (now !== 'fresh') fallSilent(device);
			this.#settle(device, nowMs, 'silence');
		}
		if (now !== 'offline' || device.offline.open || !device.object || device.object.isPlanned) return;
		// It speaks while it welds; that it is switched off is no fault.
		if (device.kind === 'hotWork') return;
		// After a start, and once their gateway is back, devices get time to find the way back.
		if (nowMs < this.#parents.excusedUntil(device)) return;
		const { offlineAfter } = deviceRules.presence;
		const sinceMs = device.seenMs + offlineAfter.value * device.intervalS * 1000;
		const change = judge(device.offline, alarmRules.offline, sinceMs, silentMs / (device.intervalS * 1000));
		this.#note(judgedSilence(device, alarmRules.offline), change, nowMs);
	}

	/** Once a second: what many devices hang on, shelves that run out, alarms that are over for good. */
	#look(nowMs: number): void {
		this.#lookedMs = nowMs;
		if (this.#isTelling) {
			for (const { parent, isDown } of this.#parents.look(nowMs))
				this.#put(this.book.noteParent(parent, isDown, nowMs));
			for (const row of this.book.active()) if (row.origin === 'device') this.#explain(row, nowMs);
		}
		for (const [id, untilMs] of this.#outOfService) if (untilMs <= nowMs) this.setService(id, null, nowMs);
		if (this.#isTelling) this.book.due(nowMs).forEach((noticed) => this.#put(noticed));
		if (this.#isTelling) for (const event of this.hotWorks.sweep(nowMs)) this.#tellOf(event);
		this.keepLearned();
	}

	#tellOf(event: NewEvent | undefined): void {
		if (event && this.#isTelling) this.#outbox.put({ event });
	}

	/** Puts out what was learned since it was last asked for. */
	keepLearned(): void {
		if (!this.#isTelling) return;
		for (const { id, object, watches } of this.#learned) {
			const baseline = watches.find(({ baseline }) => baseline)?.baseline?.copy();
			if (object && baseline) this.#outbox.put({ learned: { deviceId: id, installationId: object.id, baseline } });
		}
		this.#learned.clear();
	}

	/**
	 * Suppressed while what the device hangs on is down, and not longer. Asked again each time: what comes back from the
	 * log may be older than what was found since.
	 */
	#explain(row: AlarmRow, nowMs: number): void {
		const parent = this.#parents.explains(row.deviceId);
		const by = (parent && this.book.ofParent(parent)?.id) ?? null;
		if (row.life.suppressedBy === by) return;
		this.#put(this.book.befall(row, by === null ? { kind: 'released' } : { kind: 'suppressed', by }, nowMs));
	}

	/** Delays of a device that ran before this program started go on. */
	goOn(device: LiveDevice): void {
		for (const watched of device.watches) if (watched.state.isRestless) this.#restless.set(watched, device);
	}

	/** A gateway, site or network that was silent before this program started. */
	parentWasDown(key: string): void {
		this.#parents.wasDown(key);
	}

	/** A device is taken out of service until a moment, or back into it. */
	setService(deviceId: string, untilMs: number | null, nowMs: number): void {
		if (untilMs === null) this.#outOfService.delete(deviceId);
		else this.#outOfService.set(deviceId, untilMs);
		const on = untilMs !== null;
		for (const row of this.book.active())
			if (row.deviceId === deviceId && row.life.isOutOfService !== on)
				this.#put(this.book.befall(row, { kind: 'outOfService', on }, nowMs));
	}

	/** The register was read again: devices may be bound otherwise, sites stopped or taken up again. */
	registerChanged(nowMs: number): void {
		this.#parents.group();
		for (const row of this.book.active()) {
			// Not of measuring: the flood part raises and ends it.
			if (row.condition === STOP_CONDITION) continue;
			if (row.origin !== 'device') {
				if (!this.#parents.has(row.deviceId)) this.#put(this.book.end(row, nowMs));
				continue;
			}
			const device = this.#state.deviceOf(row);
			const isWatched =
				row.condition === 'offline'
					? device?.object && device.offline.open && !device.object.isPlanned
					: device?.watches.some(({ rules, state }) => rules.condition === row.condition && state.open);
			if (isWatched) continue;
			if (device && row.condition === 'offline') device.offline = quiet(alarmRules.offline);
			this.#put(this.book.end(row, nowMs));
		}
		for (const device of this.#state.devices.values()) {
			// What people report themselves needs no device to speak first.
			if (device.object?.kind === 'pit') this.#overhear(device, { who: device, atMs: nowMs }, nowMs);
			device.level = ownLevel(device);
		}
		this.#tell(settleAll(this.#state), nowMs, 'register');
	}

	/** Events of the log, written here or elsewhere. */
	follow(events: readonly EventMessage[]): void {
		for (const { type, at, data } of events) {
			if (type === 'device:service') {
				const { deviceId, until } = data as { deviceId: string; until: string | null };
				this.setService(deviceId, until === null ? null : Date.parse(until), Date.parse(at));
			}
			if (!LEARNED.has(type)) continue;
			const row = this.book.learn(data as unknown as AlarmMessage);
			if (!row || row.acknowledgedAt === null) continue;
			const device = this.#state.deviceOf(row);
			const watched = device?.watches.find(({ rules }) => rules.condition === row.condition);
			const state = watched?.state ?? (row.condition === 'offline' ? device?.offline : undefined);
			if (state?.open) state.open.isAcknowledged = true;
			if (device && watched && watched.state.isRestless) this.#restless.set(watched, device);
		}
	}

	#settle(device: LiveDevice, nowMs: number, cause: string): void {
		device.level = ownLevel(device);
		if (device.object) this.#tell(raiseLevels(this.#state, device.object), nowMs, cause);
	}

	/** @param cause - a condition, `heard`, `silence` or `register` */
	#tell(changes: readonly LevelChange[], nowMs: number, cause: string): void {
		if (!this.#isTelling) return;
		for (const { object, from, to } of changes) {
			const { kind, id, no, siteId, townCode } = object;
			const subject = { kind, id, no, siteId, ...(townCode === null ? {} : { townCode }) };
			this.#outbox.put({ event: { at: new Date(nowMs), type: 'object:level', subject, data: { from, to, cause } } });
		}
	}

	#note(judged: Judged, change: Change | undefined, nowMs: number): void {
		if (change) this.#put(this.book.note(judged, change, nowMs, this.#outOfService.has(judged.device.id)));
	}

	#put(noticed: Noticed | undefined): void {
		if (noticed) this.#outbox.put({ noticed });
	}

	#refresh(nowMs: number): void {
		this.#refreshedMs = nowMs;
		for (const row of this.book.active()) {
			const device = this.#state.deviceOf(row);
			const watched = device?.watches.find(({ rules }) => rules.condition === row.condition);
			if (device && watched) this.#put(this.book.refresh(judgedWatch(device, watched), nowMs));
		}
	}
}

const LEARNED = new Set<EventMessage['type']>(['alarm:raised', 'alarm:changed', 'alarm:cleared']);
