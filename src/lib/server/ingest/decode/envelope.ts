// JSON as it comes over MQTT: our own readings, the small envelope {deviceId, kind, ts, seq?, values, alarms?, pos?},
// or a flat frame of a vendor's platform whose kind the topic or the frame names. One message may hold a list of them.

import { quantityFault } from '#lib/contract/telemetry.ts';
import { readDatum, toWgs84 } from '#lib/domain/import/datum.ts';
import { dead, type Decoded, type DecodedReading, type Mapping } from './decoded.ts';
import { kindOf } from './frame-fields.ts';
import { isPlainFrame, keptRaw, scaled, seqOf, type Frame } from './frame.ts';
import { decodePlatformFrame } from './platform-frame.ts';
import { vendorTime } from './vendor-time.ts';
import { shown } from './shown.ts';

export interface EnvelopeContext {
	/** From the topic, where it names them. */
	device?: string;
	kind?: string;
	receivedAt: string;
	mapping: Mapping;
}

const MOST_FRAMES = 10_000;

export function decodeEnvelope(bytes: Uint8Array, context: EnvelopeContext): Decoded {
	let parsed: unknown;
	try {
		parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch (error) {
		return dead('not-json', `不是有效的 JSON · Not JSON: ${(error as Error).message.slice(0, 120)}`, context.device);
	}
	const list = Array.isArray(parsed) ? parsed : isPlainFrame(parsed) ? (parsed['readings'] ?? [parsed]) : undefined;
	if (!Array.isArray(list) || list.length > MOST_FRAMES)
		return dead('bad-value', '不是一条读数或读数列表 · Expected a reading or a list of them.', context.device);
	const all: Decoded = { readings: [] };
	for (const item of list) {
		const one = decodeItem(item, context);
		all.readings.push(...one.readings);
		if (one.stills) (all.stills ??= []).push(...one.stills);
		all.dead ??= one.dead as NonNullable<typeof one.dead>;
	}
	if (all.dead === undefined) delete all.dead;
	return all;
}

function decodeItem(item: unknown, context: EnvelopeContext): Decoded {
	if (!isPlainFrame(item)) return dead('bad-value', '不是一条读数 · Not a reading.', context.device);
	if (typeof item['device'] === 'string' && isPlainFrame(item['values'])) {
		const device = context.mapping.deviceOf(item['device']);
		return { readings: [{ ...item, device } as unknown as DecodedReading] };
	}
	if (isPlainFrame(item['values']) || Array.isArray(item['alarms'])) return decodeSmall(item, context);
	const kind = kindOf(item['kind'] ?? context.kind);
	if (!kind)
		return dead(
			'unknown-message',
			`不认识的设备类型 · No decoder for the kind “${shown(item['kind'] ?? context.kind)}”.`,
			context.device,
		);
	const { device, receivedAt, mapping } = context;
	return decodePlatformFrame(item, { kind, receivedAt, mapping, ...(device !== undefined && { device }) });
}

function decodeSmall(item: Frame, { device, receivedAt, mapping }: EnvelopeContext): Decoded {
	const named = item['deviceId'] ?? device ?? '';
	const externalId = typeof named === 'object' ? '' : String(named);
	if (externalId === '') return dead('unknown-device', '没有 deviceId · The envelope names no deviceId.');
	const told = item['ts'] ?? item['deviceTime'];
	const at = told === undefined ? receivedAt : vendorTime(told);
	if (at === undefined) return dead('bad-time', `时间无法识别：${shown(told)} · “ts” cannot be read.`, externalId);
	const { unitFactors } = mapping.settingsOf(externalId);
	const values: DecodedReading['values'] = {};
	const quality: Record<string, 'missing' | 'invalid'> = {};
	for (const [name, value] of Object.entries(isPlainFrame(item['values']) ? item['values'] : {})) {
		if (value === null) quality[name] = 'missing';
		// Nobody answers a box over MQTT: what is no number is told beside the others.
		else if (quantityFault(name, value, undefined) !== undefined) quality[name] = 'invalid';
		else values[name] = typeof value === 'number' ? scaled(value, unitFactors?.[name]) : (value as string | boolean);
	}
	const at84 = positionOf(item);
	if (at84) [values['longitude'], values['latitude']] = [values['longitude'] ?? at84[0], values['latitude'] ?? at84[1]];
	const alarms = alarmNames(item['alarms']);
	if (alarms !== undefined) values['alarms'] = alarms;
	const reading: DecodedReading = {
		...{ device: mapping.deviceOf(externalId), at, seq: seqOf(item) },
		...{ values, raw: keptRaw(item) },
	};
	if (Object.keys(quality).length > 0) reading.quality = quality;
	const gatewayAt = vendorTime(item['gatewayTs'] ?? item['gatewayAt']);
	if (gatewayAt !== undefined) reading.gatewayAt = gatewayAt;
	return { readings: [reading] };
}

/** `pos` as WGS 84: a pair, or an object with longitude and latitude; `crs` names its datum. */
function positionOf({ pos, crs }: Frame): [number, number] | undefined {
	const datum = crs === undefined || crs === null ? 'wgs84' : typeof crs === 'string' ? readDatum(crs) : undefined;
	const { longitude, lng, lon, latitude, lat } = isPlainFrame(pos) ? pos : ({} as Frame);
	const [x, y] = Array.isArray(pos) ? (pos as unknown[]) : [longitude ?? lng ?? lon, latitude ?? lat];
	if (datum === undefined || typeof x !== 'number' || typeof y !== 'number') return undefined;
	const [east, north] = toWgs84(datum)([x, y]);
	return Math.abs(east!) <= 180 && Math.abs(north!) <= 90 ? [east!, north!] : undefined;
}

/** Names of the alarms that are on: a list of names or codes, or of {code, action} where action 1 ends it. */
function alarmNames(alarms: unknown): string | undefined {
	if (!Array.isArray(alarms)) return undefined;
	const names = alarms.flatMap((entry: unknown) => {
		if (typeof entry === 'string' || typeof entry === 'number') return [String(entry)];
		if (!isPlainFrame(entry)) return [];
		const name = entry['code'] ?? entry['type'] ?? entry['name'];
		const isOver = entry['action'] === 1 || entry['active'] === false;
		return name === undefined || isOver ? [] : [shown(name)];
	});
	return names.join(',').slice(0, 256);
}
