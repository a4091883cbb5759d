// Messages of JT/T 808 terminals: helmets, vehicles, electronic locks. Registration, authentication and heartbeat are
// answered; positions (0x0200, and many at once 0x0704) become readings. A position without a satellite fix is no
// position: the reading is kept, its coordinates are left out.

import { dead, type Dead, type Decoded, type DecodedReading, type Mapping } from './decoded.ts';
import { answers, DONE, FAILED, FAULTY, NOT_SUPPORTED, generalAnswer } from './jt808-answer.ts';
import type { Jt808Frame } from './jt808-frame.ts';
import { mediaOf, type Media } from './jt808-media.ts';
import type { Whole } from './jt808-parts.ts';
import { vendorTime } from './vendor-time.ts';

export interface Jt808Context {
	receivedAt: string;
	mapping: Mapping;
	/** Code that a terminal of this number is given when it registers, and has to say when it comes. */
	codeOf?: (phone: string) => string;
}

export interface Jt808Decoded extends Decoded {
	/** Answer of the platform, to be sent once what was read is stored. */
	reply?: Uint8Array;
}

const REGISTER = 0x0100;
const AUTHENTICATE = 0x0102;
const POSITION = 0x0200;
const POSITIONS = 0x0704;
const QUERIED_POSITION = 0x0201;
const MEDIA = 0x0801;
const ASKS_TIME = 0x0004;
/** Notices that only want to be acknowledged: general answer, heartbeat, logging off. */
const NOTICES = new Set([0x0001, 0x0002, 0x0003]);
/** Bits of the alarm word that a helmet or a vehicle may set. */
const ALARM_BITS = [
	...['emergency', 'overspeed', 'fatigue', 'danger', 'gnssFault', 'antennaOpen', 'antennaShort', 'underVoltage'],
	...['powerOff', 'displayFault', 'voiceFault', 'cameraFault', 'icCardFault', 'overspeedSoon', 'fatigueSoon'],
	...['bit15', 'bit16', 'bit17', 'drivingTooLong', 'parkedTooLong', 'area', 'route', 'routeTime', 'offRoute'],
	...['bit24', 'bit25', 'stolen', 'illegalIgnition', 'illegalMove', 'collision', 'rollover', 'illegalOpen'],
];

/** @param serials - of the frames the message came in, where it came in parts */
export function decodeJt808(
	frame: Jt808Frame,
	context: Jt808Context,
	serials: readonly number[] = [frame.serial],
): Jt808Decoded {
	const { messageId, phone, encryption, body } = frame;
	const general = (result: number) => ({ reply: generalAnswer(frame, result, serials) });
	if (encryption !== 0)
		return {
			...dead('unknown-message', '消息体已加密，无法解析 · The body is encrypted and cannot be read.', phone),
			...general(NOT_SUPPORTED),
		};
	switch (messageId) {
		case REGISTER:
			return { readings: [], reply: answers.register(frame, context.codeOf?.(phone) ?? phone) };
		case AUTHENTICATE:
			return { readings: [], ...general(DONE) };
		case ASKS_TIME:
			return { readings: [], reply: answers.time(frame, context.receivedAt) };
		case POSITION:
		case QUERIED_POSITION: {
			const decoded = positions([messageId === POSITION ? body : body.subarray(2)], frame, context);
			return { ...decoded, ...general(decoded.dead ? FAULTY : DONE) };
		}
		case POSITIONS: {
			const parts = batchOf(body);
			return parts
				? { ...positions(parts, frame, context), ...general(DONE) }
				: {
						...dead('bad-length', '批量定位的条数或长度不符 · The batch does not hold what it announces.', phone),
						...general(FAULTY),
					};
		}
		case MEDIA: {
			const media = mediaOf(body);
			return media
				? { ...picture(media, frame, context), reply: answers.media(frame, media.id) }
				: { ...dead('bad-length', '多媒体消息不足 8 字节 · Media have 8 bytes at least.', phone), ...general(FAULTY) };
		}
		default:
			if (NOTICES.has(messageId)) return messageId === 0x0001 ? { readings: [] } : { readings: [], ...general(DONE) };
			return {
				...dead(
					'unknown-message',
					`不认识的消息 0x${messageId.toString(16).padStart(4, '0')} · No decoder for it.`,
					phone,
				),
				...general(NOT_SUPPORTED),
			};
	}
}

/** The code of an authentication: all of the body, since 2019 with its length before it. */
function saidCode({ isV2019, body }: Jt808Frame): string {
	const bytes = isV2019 ? body.subarray(1, 1 + (body[0] ?? 0)) : body;
	return Buffer.from(bytes).toString('latin1').replace(/\0+$/, '');
}

/** Terminals that have said their code on one line. */
export class SignedIn {
	readonly #codeOf: (phone: string) => string;
	readonly #phones = new Set<string>();

	constructor(codeOf: (phone: string) => string) {
		this.#codeOf = codeOf;
	}

	/** @returns what to answer a terminal that has not said its code; undefined: it may speak */
	refusal({ frame, serials }: Pick<Whole, 'frame' | 'serials'>): Jt808Decoded | undefined {
		const { messageId, phone } = frame;
		if (messageId === REGISTER || messageId === ASKS_TIME) return undefined;
		const isRight = messageId === AUTHENTICATE && saidCode(frame) === this.#codeOf(phone);
		if (isRight) this.#phones.add(phone);
		else if (messageId === AUTHENTICATE) this.#phones.delete(phone);
		if (this.#phones.has(phone)) return undefined;
		const reply = generalAnswer(frame, FAILED, serials);
		if (NOTICES.has(messageId)) return { readings: [], reply };
		const detail =
			messageId === AUTHENTICATE
				? '鉴权码不符 · The code is not the one it was given.'
				: '终端未鉴权，读数未入库 · The terminal has not authenticated; nothing was stored.';
		return { ...dead('not-authenticated', detail, phone), reply };
	}
}

function positions(reports: readonly Uint8Array[], frame: Jt808Frame, context: Jt808Context): Decoded {
	const decoded: Decoded = { readings: [] };
	reports.forEach((report, i) => {
		const one = position(report, frame, context, i);
		if ('reason' in one) decoded.dead ??= one;
		else decoded.readings.push(one);
	});
	return decoded;
}

const POSITION_BYTES = 28;

function position(
	body: Uint8Array,
	{ phone, serial }: Jt808Frame,
	{ mapping }: Jt808Context,
	index: number,
): DecodedReading | Dead {
	if (body.length < POSITION_BYTES)
		return {
			reason: 'bad-length',
			detail: '定位消息不足 28 字节 · A position has 28 bytes at least.',
			externalId: phone,
		};
	const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
	const alarm = view.getUint32(0);
	const status = view.getUint32(4);
	const time = Array.from(body.subarray(22, 28), (byte) => byte.toString(16).padStart(2, '0')).join('');
	const at = /^\d{12}$/.test(time) ? vendorTime(`20${time}`) : undefined;
	if (at === undefined)
		return { reason: 'bad-time', detail: `时间无法识别：${time} · The time cannot be read.`, externalId: phone };
	const isFixed = (status & 2) !== 0;
	const sign = (bit: number) => (status & (1 << bit) ? -1 : 1);
	const latitude = (sign(2) * view.getUint32(8)) / 1e6;
	const longitude = (sign(3) * view.getUint32(12)) / 1e6;
	const isOnEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
	const extras = tlvs(body.subarray(POSITION_BYTES));
	const reading: DecodedReading = {
		device: mapping.deviceOf(phone),
		at,
		seq: serial * 1000 + index,
		values: {
			...(isFixed && isOnEarth && { longitude, latitude }),
			// Below the sea it is written as a negative number.
			altitudeM: view.getInt16(16),
			speedKmh: view.getUint16(18) / 10,
			courseDeg: view.getUint16(20),
			isFixed,
			alarmBits: alarm,
			statusBits: status,
			alarms: namesOf(alarm),
			...known(extras),
		},
		raw: { protocol: 'jt808', body: Buffer.from(body).toString('hex') },
	};
	if (isFixed && !isOnEarth) reading.quality = { longitude: 'outOfRange', latitude: 'outOfRange' };
	else if (!isFixed) reading.quality = { longitude: 'flagged', latitude: 'flagged' };
	return reading;
}

/** A picture of the terminal's camera: the reading says where and why, the picture is kept by itself. */
function picture({ kind, event, report, bytes }: Media, frame: Jt808Frame, context: Jt808Context): Decoded {
	const { phone } = frame;
	const at = context.receivedAt;
	const device = context.mapping.deviceOf(phone);
	const placed = report && position(report, frame, context, 0);
	const reading: DecodedReading =
		placed && !('reason' in placed)
			? placed
			: { device, at, seq: frame.serial * 1000, values: {}, raw: { protocol: 'jt808' } };
	reading.values['media'] = kind;
	reading.values['mediaEvent'] = event;
	if (kind === 'image') return { readings: [reading], stills: [{ device, at: reading.at, event, bytes }] };
	const detail = `多媒体类型 ${kind} 不是图片，未存 · Media of the kind ${kind} are no pictures and are not kept.`;
	return { readings: [reading], dead: { reason: 'bad-still', detail, externalId: phone } };
}

/** Items behind the fixed part: id, length, bytes. What is cut short is left out here and stays in `raw`. */
function tlvs(bytes: Uint8Array): Map<number, Uint8Array> {
	const found = new Map<number, Uint8Array>();
	for (let at = 0; at + 2 <= bytes.length;) {
		const end = at + 2 + bytes[at + 1]!;
		if (end > bytes.length) break;
		found.set(bytes[at]!, bytes.subarray(at + 2, end));
		at = end;
	}
	return found;
}

/** What does not fit stays in `raw`. */
const MOST_ITEMS = 40;

function known(extras: ReadonlyMap<number, Uint8Array>): Record<string, number | string> {
	const values: Record<string, number | string> = {};
	for (const [id, bytes] of extras) {
		if (Object.keys(values).length >= MOST_ITEMS) break;
		const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
		if (id === 0x01 && bytes.length === 4) values['mileageKm'] = number / 10;
		else if (id === 0x02 && bytes.length === 2) values['fuelL'] = number / 10;
		else if (id === 0x03 && bytes.length === 2) values['recorderSpeedKmh'] = number / 10;
		else if (id === 0x30 && bytes.length === 1) values['signalBars'] = number;
		else if (id === 0x31 && bytes.length === 1) values['satellites'] = number;
		else values[`x${id.toString(16).padStart(2, '0')}`] = Buffer.from(bytes).toString('hex').slice(0, 64);
	}
	return values;
}

function namesOf(alarm: number): string {
	return ALARM_BITS.filter((_, bit) => alarm & (1 << bit))
		.join(',')
		.slice(0, 256);
}

/** Count, kind, then each report with its length. */
function batchOf(body: Uint8Array): Uint8Array[] | undefined {
	if (body.length < 3) return undefined;
	const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
	const count = view.getUint16(0);
	const parts: Uint8Array[] = [];
	let at = 3;
	while (at + 2 <= body.length) {
		const end = at + 2 + view.getUint16(at);
		if (end > body.length) return undefined;
		parts.push(body.subarray(at + 2, end));
		at = end;
	}
	return parts.length === count && at === body.length ? parts : undefined;
}
