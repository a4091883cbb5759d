// One frame of a vendor's platform (flat JSON, as 云筑 describes it): tower cranes, hoists, unloading platforms,
// gondolas, dust stations, pit points, welding machines and events of cameras.

import { CRANE_BITS, PLATFORM_BITS, readBits } from './bits.ts';
import { cameraEvent } from './camera-event.ts';
import { dead, type Decoded, type DecodedReading, type Mapping, type MappingSettings } from './decoded.ts';
import { KINDS, type FrameKind } from './frame-fields.ts';
import { isPlainFrame, keptRaw, scaled, seqOf, tidyName, type Frame } from './frame.ts';
import { inclinometer } from './inclinometer.ts';
import { vendorTime } from './vendor-time.ts';
import { shown } from './shown.ts';

/** Fields that say who and when, or whose content is handled by itself. */
const SPENT = new Set(['deviceId', 'deviceTime', 'ts', 'at', 'time', 'seq', 'kind', 'warning', 'alarms', 'image']);
/** Whoever drives is evidence in `raw`, and no value. */
const PERSONAL = new Set(['driverId', 'driverName', 'welderId', 'welderName', 'idCard', 'phone']);
const WORDS_LONG = 64;
const MOST_VALUES = 48;

export interface FrameContext {
	kind: FrameKind;
	/** As the topic or the address says; the frame itself may say it too. */
	device?: string;
	receivedAt: string;
	mapping: Mapping;
}

export function decodePlatformFrame(sent: unknown, context: FrameContext): Decoded {
	const { kind, receivedAt, mapping } = context;
	if (!isPlainFrame(sent)) return dead('bad-value', '不是一帧设备数据 · Not a frame: expected an object.');
	const frame = wellNamed(sent, kind);
	const named = frame['deviceId'] ?? context.device;
	const externalId = typeof named === 'number' ? String(named) : named;
	if (typeof externalId !== 'string' || externalId === '')
		return dead('unknown-device', '帧内没有 deviceId · The frame names no deviceId.');
	const told = frame['deviceTime'] ?? frame['ts'] ?? frame['at'] ?? frame['time'];
	const at = told === undefined ? receivedAt : vendorTime(told);
	if (at === undefined)
		return dead('bad-time', `时间无法识别：${shown(told)} · The device time cannot be read.`, externalId);

	const settings = mapping.settingsOf(externalId);
	const reading: DecodedReading = {
		...{ device: mapping.deviceOf(externalId), at, seq: seqOf(sent) },
		...{ values: {}, raw: keptRaw(sent) },
	};
	takeFields(reading, frame, kind, settings);
	takeBits(reading, frame, kind, settings);
	derive(reading);
	if (kind === 'gondola') takeRopes(reading, frame['groupList']);
	if (kind === 'pitPoint') Object.assign(reading.values, inclinometer(frame['profile']));
	if (kind === 'hotWork') takeAction(reading, frame);
	return kind === 'aiCamera' ? withStill(reading, frame, at) : { readings: [reading] };
}

/** Fields that are asked for by name, beside those that are values. */
const ASKED = [...SPENT, ...PERSONAL, 'profile', 'groupList', 'action', 'event', 'eventType', 'alarmType'];
/** By kind, the names that are known by how they are written in small letters. */
const SPELLINGS = new Map(
	Object.entries(KINDS).map(([kind, fields]) => {
		const names = [...ASKED, ...Object.keys(fields)];
		return [kind, new Map(names.map((name) => [name.toLowerCase(), name]))];
	}),
);

/** The frame with the names that are known here: gateways in between write `deviceid` and `override`. */
function wellNamed(sent: Frame, kind: FrameKind): Frame {
	const spellings = SPELLINGS.get(kind)!;
	return Object.fromEntries(
		Object.entries(sent).map(([name, value]) => {
			const known = spellings.get(name.toLowerCase()) ?? name;
			return [Object.hasOwn(sent, known) ? name : known, value];
		}),
	);
}

/** What the ropes of a gondola are said to be like, `01` well and `02` not, in their order. */
function takeRopes({ values }: DecodedReading, ropes: unknown): void {
	if (!Array.isArray(ropes)) return;
	const states = ropes.flatMap((rope: unknown) => (isPlainFrame(rope) ? [shown(rope['wireState'])] : []));
	if (states.length > 0) values['wireStates'] = states.join(',').slice(0, WORDS_LONG);
}

function takeFields(reading: DecodedReading, frame: Frame, kind: FrameKind, { unitFactors }: MappingSettings): void {
	const fields: Readonly<Record<string, { to: string; factor?: number }>> = KINDS[kind];
	const quality: Record<string, 'missing' | 'invalid'> = {};
	for (const [name, value] of Object.entries(frame)) {
		if (SPENT.has(name) || PERSONAL.has(name)) continue;
		const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
		const to = field?.to ?? tidyName(name);
		if (to === undefined || Object.keys(reading.values).length >= MOST_VALUES) continue;
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof number === 'number' && Number.isFinite(number))
			reading.values[to] = scaled(number, field?.factor, unitFactors?.[to]);
		else if (field) quality[to] = value === null || value === '' ? 'missing' : 'invalid';
		else if (typeof value === 'boolean' || (typeof value === 'string' && value.length <= WORDS_LONG && value !== ''))
			reading.values[to] = value;
	}
	if (Object.keys(quality).length > 0) reading.quality = quality;
}

const BITS: Partial<Record<FrameKind, readonly string[]>> = {
	towerCrane: CRANE_BITS,
	unloadingPlatform: PLATFORM_BITS,
};

function takeBits(reading: DecodedReading, frame: Frame, kind: FrameKind, { bitOrder }: MappingSettings): void {
	const read = readBits(frame['warning'], BITS[kind] ?? [], bitOrder);
	if (read) {
		reading.values['warningBits'] = read.bits;
		reading.values['alarms'] = read.names.join(',').slice(0, 256);
	} else if (frame['warning'] !== undefined && frame['warning'] !== null && frame['warning'] !== '')
		reading.quality = { ...reading.quality, warningBits: 'invalid' };
}

/** Two inclinations make one tilt; a load beside what is allowed makes a percentage. */
function derive({ values }: DecodedReading): void {
	const { tiltXDeg, tiltYDeg, loadT, ratedLoadT } = values;
	if (values['tiltDeg'] === undefined && typeof tiltXDeg === 'number' && typeof tiltYDeg === 'number')
		values['tiltDeg'] = rounded(Math.hypot(tiltXDeg, tiltYDeg));
	if (
		values['loadPercent'] === undefined &&
		typeof loadT === 'number' &&
		typeof ratedLoadT === 'number' &&
		ratedLoadT > 0
	)
		values['loadPercent'] = rounded((loadT / ratedLoadT) * 100);
}

/** A welding machine says when it is switched on and off; the pin on the map lives between the two. */
function takeAction(reading: DecodedReading, frame: Frame): void {
	const action = frame['action'] ?? frame['event'];
	const begins = ['start', 'on', 'activate', '1', 1, true];
	const ends = ['stop', 'off', 'deactivate', '0', 0, false];
	if (begins.includes(action as string)) reading.values['welding'] = true;
	else if (ends.includes(action as string)) reading.values['welding'] = false;
	else if (typeof reading.values['currentA'] === 'number') reading.values['welding'] = reading.values['currentA'] > 0;
}

function withStill(reading: DecodedReading, frame: Frame, at: string): Decoded {
	const said = frame['event'] ?? frame['eventType'] ?? frame['alarmType'];
	const event = typeof said === 'string' && said !== '' ? cameraEvent(said.slice(0, WORDS_LONG)) : 'event';
	reading.values['aiEvent'] = event;
	const { image } = frame;
	if (typeof image !== 'string' || image === '') return { readings: [reading] };
	const base64 = image.replace(/^data:[\w/+.-]+;base64,/, '');
	if (!/^[A-Za-z0-9+/\s]*={0,2}$/.test(base64))
		return {
			readings: [reading],
			dead: { reason: 'bad-still', detail: '图片不是 base64 · The still is not base64.', externalId: reading.device },
		};
	return { readings: [reading], stills: [{ device: reading.device, at, event, bytes: Buffer.from(base64, 'base64') }] };
}

const rounded = (value: number) => Math.round(value * 1e6) / 1e6;
