// The open alarms of this program by device and condition, as rows and as messages.

import { randomUUID } from 'node:crypto';
import type { AlarmMessage } from '#lib/contract/events.ts';
import type { Change, ConditionRules, ConditionState } from '#lib/domain/alarm/condition.ts';
import { shown, type Watch } from '#lib/domain/alarm/watch.ts';
import type { NewEvent } from '../events/log.ts';
import type { LiveDevice, LiveObject } from '../live/live-device.ts';
import { alarmMessage, type AlarmRow } from '../repositories/alarm.ts';
import type { Finding } from './outbox.ts';

/** A condition of a device, with what turns its numbers into those people read. */
export interface Judged {
	device: LiveDevice;
	condition: string;
	rules: ConditionRules;
	state: ConditionState;
	unit: string;
	shown: (value: number) => number;
}

export function judgedWatch(device: LiveDevice, watched: Watch): Judged {
	const { rules, state, unit } = watched;
	return { device, condition: rules.condition, rules: rules.by, state, unit, shown: (v) => shown(watched, v) };
}

/** Silence, told in seconds although it is counted in expected intervals. */
export function judgedSilence(device: LiveDevice, rules: ConditionRules): Judged {
	const inSeconds = (intervals: number) => intervals * device.intervalS;
	return { device, condition: 'offline', rules, state: device.offline, unit: 's', shown: inSeconds };
}

export class AlarmBook {
	readonly #open = new Map<string, AlarmRow>();

	get size(): number {
		return this.#open.size;
	}

	rows(): Iterable<AlarmRow> {
		return this.#open.values();
	}

	/** An alarm that was open before this program started. */
	take(row: AlarmRow): void {
		this.#open.set(keyOf(row.deviceId, row.condition), row);
	}

	of(deviceId: string, condition: string): AlarmRow | undefined {
		return this.#open.get(keyOf(deviceId, condition));
	}

	/** Notes a change and gives the row and the event to write. */
	note(judged: Judged, change: Change, atMs: number): Finding {
		const { device, condition, state, rules } = judged;
		const at = new Date(atMs);
		const row = this.of(device.id, condition) ?? opened(judged, at);
		if (change === 'cleared') {
			row.clearedAt = new Date(Math.max(atMs, row.raisedAt.getTime()));
			this.#open.delete(keyOf(device.id, condition));
		} else this.take(row);
		update(row, judged);
		if (state.open) {
			row.level = state.open.level;
			row.limit = judged.shown(rules.limits.find(({ level }) => level === row.level)!.from.value);
		}
		if (change !== 'raised') row.revision++;
		const type = `alarm:${change}` as const;
		return { alarm: { ...row }, event: eventOf(type, row, device.object, at) };
	}

	/** Brings value, peak and count up to date. @returns whether they were not */
	refresh(judged: Judged): AlarmRow | undefined {
		const row = this.of(judged.device.id, judged.condition);
		if (!row || !judged.state.open || judged.state.open.lastMs === row.lastAt.getTime()) return undefined;
		update(row, judged);
		return { ...row };
	}

	/** Ends an alarm whose device or condition the register no longer has. */
	end(row: AlarmRow, object: LiveObject | null, atMs: number): Finding {
		this.#open.delete(keyOf(row.deviceId, row.condition));
		const at = new Date(atMs);
		row.clearedAt = new Date(Math.max(atMs, row.raisedAt.getTime()));
		row.revision++;
		return { alarm: { ...row }, event: eventOf('alarm:cleared', row, object, at) };
	}

	/** Somebody acknowledged it, perhaps in another process. */
	acknowledged(message: AlarmMessage): AlarmRow | undefined {
		const row = this.of(message.deviceId, message.condition);
		if (row?.id !== message.id || message.acknowledgedAt === null) return undefined;
		row.acknowledgedAt = new Date(message.acknowledgedAt);
		row.acknowledgedBy = message.acknowledgedBy;
		row.revision = Math.max(row.revision, message.revision);
		return row;
	}
}

function opened({ device, condition, rules, state, unit, shown }: Judged, at: Date): AlarmRow {
	return {
		id: randomUUID(),
		deviceId: device.id,
		condition,
		siteId: device.object?.siteId ?? null,
		objectNo: device.object?.no ?? null,
		level: state.open?.level ?? rules.limits[0]!.level,
		value: null,
		peak: null,
		limit: shown(rules.limits[0]!.from.value),
		unit,
		ruleKey: rules.key,
		count: 1,
		revision: 1,
		raisedAt: state.open ? new Date(state.open.raisedMs) : at,
		lastAt: at,
		clearedAt: null,
		acknowledgedAt: null,
		acknowledgedBy: null,
	};
}

function update(row: AlarmRow, { state, shown }: Judged): void {
	if (!Number.isNaN(state.value)) row.value = shown(state.value);
	if (!state.open) return;
	row.peak = shown(state.open.peak);
	row.count = state.open.count;
	row.lastAt = new Date(state.open.lastMs);
}

function eventOf(
	type: 'alarm:raised' | 'alarm:changed' | 'alarm:cleared',
	row: AlarmRow,
	object: LiveObject | null,
	at: Date,
): NewEvent {
	const subject: NewEvent['subject'] = { kind: 'alarm', id: row.id };
	if (object) {
		subject.no = object.no;
		subject.siteId = object.siteId;
		if (object.townCode !== null) subject.townCode = object.townCode;
	}
	const message = alarmMessage(row, {
		subjectName: object?.name ?? row.deviceId,
		siteName: object?.siteName ?? null,
		at: object?.at ?? null,
	});
	return { at, type, subject, data: { ...message } };
}

function keyOf(deviceId: string, condition: string): string {
	return `${deviceId} ${condition}`;
}
