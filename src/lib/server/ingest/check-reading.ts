// Checks one reading by hand, as `Reading` of contract/telemetry.ts says; it runs hundreds of thousands of times a
// second. Gives a row to store, or why not.

import { deviceRules } from '#db/rules/device.ts';
import { quantityFault, ReadingParts, TELEMETRY_LIMITS, VALUE_NAME, type Rejection } from '#lib/contract/telemetry.ts';
import type { Narrowing } from '#lib/domain/access/principal.ts';
import { clockFault, instantUs } from '#lib/domain/device/clock.ts';
import { isKeepable, isPlainText } from '#lib/domain/device/keepable.ts';
import { QUALITIES, type Qualities, type Quality } from '#lib/domain/device/quality.ts';
import type { LiveDevice } from '../live/live-device.ts';
import { ScannedReading } from './scan-readings.ts';

export type Values = Readonly<Record<string, number | boolean | string | undefined>>;

/** A reading that may be stored. */
export interface Row {
	device: LiveDevice;
	/** µs since 1970, as the device measured. */
	atUs: number;
	seq: number;
	values: Values;
	/** `values` and `raw` as JSON. */
	text: string;
	raw: string | null;
	/** µs since 1970 at the gateway between; NaN without one. */
	gatewayUs: number;
	/** What is wrong with which value; null when nothing is. */
	quality: Qualities | null;
	/** Older than something this device already sent: it may be a repetition. */
	mayRepeat: boolean;
}

export class Refusal {
	readonly code: Rejection;
	readonly message: string;

	constructor(code: Rejection, message: string) {
		this.code = code;
		this.message = message;
	}
}

export type Devices = ReadonlyMap<string, LiveDevice>;

/** @param narrowing - what the sender's key is limited to */
export function checkReading(item: unknown, devices: Devices, nowMs: number, narrowing?: Narrowing): Row | Refusal {
	if (item instanceof ScannedReading) {
		const device = deviceOf(item.deviceId, devices, narrowing);
		if (device instanceof Refusal) return device;
		item.device = device;
		return refusalOfTime(item.atUs, nowMs) ?? item;
	}
	if (typeof item !== 'object' || item === null) return new Refusal('bad-value', '不是一条读数 · Not a reading.');
	const { device: id, at, seq = 0, values, raw, gatewayAt, quality } = item as Record<string, unknown>;
	const device = deviceOf(id, devices, narrowing);
	if (device instanceof Refusal) return device;
	const atUs = typeof at === 'string' ? instantUs(at) : NaN;
	const badTime = refusalOfTime(atUs, nowMs);
	if (badTime) return badTime;
	if (!Number.isSafeInteger(seq) || (seq as number) < 0)
		return new Refusal('bad-value', 'seq 必须是非负整数 · seq must be a whole number from 0 on.');

	const text = valuesText(values, quality, narrowing?.quantities);
	if (text instanceof Refusal) return text;
	if (raw !== undefined && !isKeepable(raw, TELEMETRY_LIMITS.raw, TELEMETRY_LIMITS.rawDepth))
		return new Refusal(
			'bad-value',
			'raw 过大、过深或含无效字符 · raw is too large, too deep or holds invalid characters.',
		);

	const gatewayUs = gatewayAt === undefined ? NaN : typeof gatewayAt === 'string' ? instantUs(gatewayAt) : NaN;
	if (gatewayAt !== undefined && Number.isNaN(gatewayUs)) return new Refusal('bad-time', BAD_TIME);
	if (quality !== undefined && !isQualities(quality))
		return new Refusal('bad-value', `quality 无效 · quality must name values, each one of ${QUALITIES.join(', ')}.`);

	const kept = withMore(item, raw);
	const rawText = kept === undefined || kept === null ? null : JSON.stringify(kept);
	return {
		...{ device, atUs, seq: seq as number, values: values as Values, text, raw: rawText, gatewayUs },
		...{ quality: (quality as Qualities | undefined) ?? null, mayRepeat: false },
	};
}

const MEMBERS = new Set(Object.keys(ReadingParts.entries));

/** What is kept beside the values: `raw`, and with it the members of a reading that nobody here knows. */
function withMore(item: object, raw: unknown): unknown {
	const more: Record<string, unknown> = {};
	let hasMore = false;
	for (const name in item) {
		if (MEMBERS.has(name) || LEFT_OUT.has(name)) continue;
		more[name] = (item as Record<string, unknown>)[name];
		hasMore = true;
	}
	if (!hasMore) return raw;
	const all = raw === undefined || raw === null ? more : { ...more, raw };
	return isKeepable(all, TELEMETRY_LIMITS.raw, TELEMETRY_LIMITS.rawDepth)
		? all
		: (raw ?? { notKept: 'too large or invalid' });
}

/** The device of that name, or why the sender may not speak for it. */
export function deviceOf(id: unknown, devices: Devices, narrowing: Narrowing | undefined): LiveDevice | Refusal {
	if (typeof id !== 'string' || id === '')
		return new Refusal(
			'unknown-device',
			'缺少设备编号 device · “device”, the number of the device, is missing or no text.',
		);
	const device = devices.get(id);
	if (!device) return new Refusal('unknown-device', `设备未登记 · No device “${excerpt(id)}” in the register.`);
	if (narrowing && !isAllowed(device, narrowing))
		return new Refusal('not-allowed', `密钥不能用于此设备 · This key may not speak for “${device.id}”.`);
	return device;
}

function refusalOfTime(atUs: number, nowMs: number): Refusal | undefined {
	const fault = clockFault(atUs, nowMs, deviceRules.clock);
	return fault && new Refusal(fault, fault === 'future' ? FUTURE : BAD_TIME);
}

const BAD_TIME =
	'时间须为 ISO 8601（到秒，无时区按北京时间），且设备时钟须已校准 · Time must be ISO 8601 with seconds (without a zone it is Beijing time), from a clock that was set.';
const FUTURE = '设备时钟超前十分钟以上 · The device’s clock is more than ten minutes ahead.';

/** Names seen before, as they begin a member of a JSON object. Bounded: names come from outside. */
const members = new Map<string, string>();
const KEPT_NAMES = 4096;
/** What a JSON library must not make into a property; left out as the schema leaves them out. */
const LEFT_OUT = new Set(['__proto__', 'constructor', 'prototype']);

function member(name: string): string | undefined {
	const known = members.get(name);
	if (known !== undefined) return known;
	if (!VALUE_NAME.test(name)) return undefined;
	const text = LEFT_OUT.has(name) ? '' : `${JSON.stringify(name)}:`;
	if (members.size < KEPT_NAMES) members.set(name, text);
	return text;
}

function valuesText(values: unknown, quality: unknown, quantities: readonly string[] | undefined): string | Refusal {
	if (values === undefined) return new Refusal('bad-value', 'values 缺失 · values is missing.');
	if (typeof values !== 'object' || values === null || Array.isArray(values))
		return new Refusal(
			'bad-value',
			'values 应为对象，如 {"windMs": 9.8} · values must be an object, as {"windMs": 9.8}.',
		);
	let text = '{';
	let count = 0;
	for (const name in values) {
		const begin = member(name);
		if (begin === undefined) return new Refusal('bad-value', `名称无效 · “${excerpt(name)}” is no name of a value.`);
		if (begin === '') continue;
		if (++count > TELEMETRY_LIMITS.values)
			return new Refusal(
				'too-many-values',
				`一条读数最多 ${TELEMETRY_LIMITS.values} 个值 · At most ${TELEMETRY_LIMITS.values} values in one reading.`,
			);
		if (quantities && !quantities.includes(name))
			return new Refusal('not-allowed', `密钥不能上报 ${name} · This key may not report ${name}.`);
		const value = (values as Record<string, unknown>)[name];
		const written = valueText(value);
		if (written === undefined)
			return new Refusal(
				'bad-value',
				`${name} 的值无效 · ${name} must be a finite number, true, false or a short text.`,
			);
		const fault = typeof value === 'number' ? undefined : quantityFault(name, value, quality);
		if (fault !== undefined) return new Refusal('bad-value', fault);
		text += count === 1 ? begin + written : ',' + begin + written;
	}
	return text + '}';
}

function valueText(value: unknown): string | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
	if (typeof value === 'boolean') return value ? 'true' : 'false';
	if (typeof value !== 'string' || value.length > TELEMETRY_LIMITS.text || !isPlainText(value)) return undefined;
	return JSON.stringify(value);
}

function isQualities(value: unknown): boolean {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	const entries = Object.entries(value);
	return (
		entries.length <= TELEMETRY_LIMITS.values &&
		entries.every(([name, quality]) => VALUE_NAME.test(name) && QUALITIES.includes(quality as Quality))
	);
}

function isAllowed(device: LiveDevice, { deviceIds, siteIds }: Narrowing): boolean {
	if (deviceIds && !deviceIds.includes(device.id)) return false;
	return !siteIds || (device.object !== null && siteIds.includes(device.object.siteId));
}

function excerpt(value: unknown): string {
	return typeof value === 'string' ? value.slice(0, 64) : typeof value;
}
