// The standing alarms of this program by device, condition and what the device was fastened to: what the engine last
// measured, and what it has learned from the log of what people did. What a box reported before it was moved stays an
// alarm of the machine it hung on then.

import { randomUUID } from 'node:crypto';
import { lifeRules } from '#db/rules/alarm-life.ts';
import type { AlarmMessage } from '#lib/contract/events.ts';
import type { Change, ConditionRules, ConditionState } from '#lib/domain/alarm/condition.ts';
import { bornAlarm, happen, type Happening } from '#lib/domain/alarm/life.ts';
import { shown, type Watch } from '#lib/domain/alarm/watch.ts';
import { deviceName } from '../live/device-name.ts';
import type { LiveDevice, LiveObject } from '../live/live-device.ts';
import { rowOfMessage, withLife, type AlarmOrigin, type AlarmRow, type Subject } from './alarm-row.ts';
import type { Noticed } from './merge-finding.ts';

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

interface Entry {
	row: AlarmRow;
	/** Count before the condition came back the last time. */
	counted: number;
	object: LiveObject | null;
	subject: Subject;
}

export class AlarmBook {
	readonly #standing = new Map<string, Entry>();

	/** How many conditions hold. */
	get size(): number {
		let active = 0;
		for (const { row } of this.#standing.values()) if (row.clearedAt === null) active++;
		return active;
	}

	/** Alarms whose condition holds. */
	active(): AlarmRow[] {
		return [...this.#standing.values()].map(({ row }) => row).filter(({ clearedAt }) => clearedAt === null);
	}

	/** An alarm that stood before this program started. */
	take(row: AlarmRow, object: LiveObject | null, subject: Subject): void {
		this.#standing.set(keyOf(row), { row, counted: 0, object, subject });
	}

	/** The alarm of a condition of a device that is not closed. */
	ofDevice(judged: Judged): AlarmRow | undefined {
		return this.#standing.get(keyOfJudged(judged))?.row;
	}

	/** The alarm of what many devices hang on. */
	ofParent({ key: deviceId, origin, condition }: Pick<Parent, 'key' | 'origin' | 'condition'>): AlarmRow | undefined {
		return this.#standing.get(keyOf({ deviceId, condition, origin, objectNo: null }))?.row;
	}

	/** Notes a change and gives what is to be written. */
	note(judged: Judged, change: Change, atMs: number, isOutOfService: boolean): Noticed {
		const { device, state, rules } = judged;
		const at = new Date(atMs);
		const key = keyOfJudged(judged);
		const entry = this.#standing.get(key) ?? opened(judged, at);
		const { row } = entry;
		const calmMs = row.clearedAt ? atMs - row.clearedAt.getTime() : 0;
		if (change === 'raised' && row.clearedAt) {
			entry.counted = row.count;
			row.clearedAt = null;
		}
		if (change === 'cleared') row.clearedAt = new Date(Math.max(atMs, row.raisedAt.getTime()));
		update(entry, judged);
		if (state.open) {
			row.level = state.open.level;
			row.limit = judged.shown(rules.limits.find(({ level }) => level === row.level)!.from.value);
		}
		entry.object = device.object;
		entry.subject = subjectOf(device.id, device.object, device.kind);
		this.#standing.set(key, entry);
		const happening: Happening =
			change === 'raised'
				? { kind: 'raised', level: row.level, calmMs }
				: change === 'changed'
					? { kind: 'changed', level: row.level }
					: { kind: 'cleared' };
		return this.#noticed(entry, happening, at, isOutOfService);
	}

	/** The alarm of what many devices hang on. */
	noteParent(parent: Parent, isDown: boolean, atMs: number): Noticed {
		const at = new Date(atMs);
		const key = keyOf({ deviceId: parent.key, condition: parent.condition, origin: parent.origin, objectNo: null });
		const entry = this.#standing.get(key) ?? openedParent(parent, at);
		const { row } = entry;
		const calmMs = row.clearedAt ? atMs - row.clearedAt.getTime() : 0;
		row.value = parent.silent;
		row.peak = Math.max(row.peak ?? 0, parent.silent);
		row.lastAt = at;
		row.clearedAt = isDown ? null : at;
		this.#standing.set(key, entry);
		return this.#noticed(entry, isDown ? { kind: 'raised', level: row.level, calmMs } : { kind: 'cleared' }, at, false);
	}

	/** Something that is no measurement happens to a standing alarm. */
	befall(row: AlarmRow, happening: Happening, atMs: number): Noticed | undefined {
		const entry = this.#standing.get(keyOf(row));
		return entry && this.#noticed(entry, happening, new Date(atMs), row.life.isOutOfService);
	}

	/** Brings value, peak and count up to date. @returns nothing when they are */
	refresh(judged: Judged, atMs: number): Noticed | undefined {
		const entry = this.#standing.get(keyOfJudged(judged));
		const { open } = judged.state;
		if (!entry || !open || open.lastMs === entry.row.lastAt.getTime()) return undefined;
		update(entry, judged);
		const { row, subject } = entry;
		return { measured: { ...row }, subject, at: new Date(atMs) };
	}

	/** Ends an alarm whose device or condition the register no longer has. */
	end(row: AlarmRow, atMs: number): Noticed | undefined {
		row.clearedAt = new Date(Math.max(atMs, row.raisedAt.getTime()));
		return this.befall(row, { kind: 'cleared' }, atMs);
	}

	/** What time does: alarms that are over close, shelves run out. */
	due(nowMs: number): Noticed[] {
		const due: Noticed[] = [];
		for (const entry of this.#standing.values()) {
			const { clearedAt, life } = entry.row;
			const isShelfOver = life.shelf !== null && life.shelf.untilMs <= nowMs;
			const isLong = clearedAt !== null && nowMs - clearedAt.getTime() >= lifeRules.linger.value * 1000;
			const happening: Happening | undefined = isShelfOver
				? { kind: 'shelfExpired' }
				: isLong
					? { kind: 'lingered' }
					: undefined;
			if (happening && happen(life, happening, lifeRules) !== life)
				due.push(this.#noticed(entry, happening, new Date(nowMs), life.isOutOfService));
		}
		return due;
	}

	/** The log tells what became of an alarm. What was measured here since is newer and stays. */
	learn(message: AlarmMessage): AlarmRow | undefined {
		const key = keyOf(message);
		const entry = this.#standing.get(key);
		const learned = rowOfMessage(message);
		if (learned.life.handling === 'closed') {
			if (entry?.row.id === learned.id && entry.row.clearedAt !== null) this.#standing.delete(key);
			return undefined;
		}
		if (!entry) return undefined;
		const { level, value, peak, limit, count, lastAt, clearedAt } = entry.row;
		const life = { ...learned.life, isActive: clearedAt === null };
		entry.row = { ...learned, level, value, peak, limit, count, lastAt, clearedAt, life };
		return entry.row;
	}

	/** Memory goes on at once; the stored row has the last word and comes back through the log. */
	#noticed(entry: Entry, happening: Happening, at: Date, isOutOfService: boolean): Noticed {
		const measured = { ...entry.row };
		entry.row = withLife(entry.row, happen(entry.row.life, happening, lifeRules), at, 'system');
		return { measured, happening, subject: entry.subject, at, isOutOfService };
	}
}

/** What many devices hang on, and how many of them are silent. */
export interface Parent {
	key: string;
	origin: Exclude<AlarmOrigin, 'device'>;
	condition: string;
	object: LiveObject | null;
	name: string;
	silent: number;
	least: number;
}

/** @param kind - of the device; a parent has none and is called after its place */
export function subjectOf(deviceId: string, object: LiveObject | null, kind?: LiveDevice['kind']): Subject {
	if (!object) return { subjectName: deviceId, siteName: null, at: null, townCode: null };
	const { siteName, at, townCode } = object;
	const subjectName = object.kind === 'site' && kind ? deviceName(kind, deviceId) : object.name;
	return { subjectName, siteName, at, townCode };
}

function opened({ device, condition, rules, state, unit, shown }: Judged, at: Date): Entry {
	const level = state.open?.level ?? rules.limits[0]!.level;
	const row: AlarmRow = {
		id: randomUUID(),
		deviceId: device.id,
		condition,
		origin: 'device',
		siteId: device.object?.siteId ?? null,
		objectNo: device.object?.no ?? null,
		level,
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
		...unborn(level, at),
	};
	return { row, counted: 0, object: device.object, subject: subjectOf(device.id, device.object, device.kind) };
}

function openedParent(parent: Parent, at: Date): Entry {
	const { object } = parent;
	const row: AlarmRow = {
		id: randomUUID(),
		deviceId: parent.key,
		condition: parent.condition,
		origin: parent.origin,
		siteId: object?.siteId ?? null,
		objectNo: object?.no ?? null,
		level: 'warning',
		value: parent.silent,
		peak: parent.silent,
		limit: parent.least,
		unit: '',
		ruleKey: `device.${parent.condition}`,
		count: 1,
		revision: 1,
		raisedAt: at,
		lastAt: at,
		clearedAt: null,
		...unborn('warning', at),
	};
	return { row, counted: 0, object, subject: { ...subjectOf(parent.key, object), subjectName: parent.name } };
}

function unborn(level: AlarmRow['level'], at: Date) {
	const never = { acknowledgedAt: null, verifiedAt: null, closedAt: null, closedBy: null };
	return { life: bornAlarm(level), spokeAt: at, ...never, incidentId: null, incidentKind: null };
}

function update(entry: Entry, { state, rules, shown }: Judged): void {
	const { row } = entry;
	if (!Number.isNaN(state.value)) row.value = shown(state.value);
	if (!state.open) return;
	const peak = shown(state.open.peak);
	const worse = rules.side === 'below' ? Math.min : Math.max;
	row.peak = entry.counted > 0 && row.peak !== null ? worse(row.peak, peak) : peak;
	row.count = entry.counted + state.open.count;
	row.lastAt = new Date(state.open.lastMs);
}

/** What many devices hang on is one thing, wherever it is shown. */
function keyOf({
	deviceId,
	condition,
	origin,
	objectNo,
}: Pick<AlarmRow, 'deviceId' | 'condition' | 'origin' | 'objectNo'>): string {
	return `${deviceId} ${condition} ${origin === 'device' ? (objectNo ?? '') : ''}`;
}

function keyOfJudged({ device, condition }: Judged): string {
	return keyOf({ deviceId: device.id, condition, origin: 'device', objectNo: device.object?.no ?? null });
}
