// HJ 212-2017: the frames of dust and noise stations. `##`, four digits of length, a segment of `key=value;` pairs
// with the readings between `CP=&&` and `&&`, four hex digits of a checksum that is not Modbus, CR LF.

import type { Quality } from '#lib/domain/device/quality.ts';
import { dead, type Decoded, type DecodedReading, type Mapping, type MappingSettings } from './decoded.ts';
import { hj212Checksum, isHj212Checksum } from '#lib/domain/device/hj212-checksum.ts';
import { scaled, tidyName } from './frame.ts';
import { vendorTime } from './vendor-time.ts';

/** Codes of pollutants and weather in our quantities; what old devices sent before the standard's codes too. */
const QUANTITY: Readonly<Record<string, string>> = {
	a34004: 'pm25',
	a34002: 'pm10',
	a34001: 'tsp',
	a01001: 'temperatureC',
	a01002: 'humidityPercent',
	a01006: 'pressureKpa',
	a01007: 'windMs',
	a01008: 'windDeg',
	a50001: 'noiseDb',
	LA: 'noiseDb',
	Leq: 'noiseDb',
	PM25: 'pm25',
	'PM2.5': 'pm25',
	PM10: 'pm10',
	TSP: 'tsp',
	NOIS: 'noiseDb',
	NOISE: 'noiseDb',
	B03: 'noiseDb',
	TEMP: 'temperatureC',
	TEM: 'temperatureC',
	HUMI: 'humidityPercent',
	HUM: 'humidityPercent',
	WS: 'windMs',
	WD: 'windDeg',
	PA: 'pressureKpa',
};
/** Uploads of readings: the moment, the minute, the hour, the day. */
const READINGS = new Map([
	['2011', 'rtd'],
	['2051', 'minute'],
	['2061', 'hour'],
	['2031', 'day'],
]);
/** One station reports the moment, the minute, the hour and the day under one DataTime: each is a reading of its own. */
const UPLOADS = [...READINGS.keys()];
/** Numbers of parts (PNO) that one upload may have. */
const PARTS = 10_000;
/** Parts of a value that are measurements, as they are or converted (Zs); others are words. */
const MEASURES = /^(Zs)?(Rtd|Min|Avg|Max|Cou)$/;
const MOST_VALUES = 56;
const NORMAL = 'N';

export interface Hj212Context {
	receivedAt: string;
	mapping: Mapping;
}

export interface Hj212Decoded extends Decoded {
	/** To be sent once what was read is stored; undefined where the flag asks for none. */
	reply?: string;
}

/** @param bytes - one frame, from `##` to the checksum, with or without CR LF */
export function decodeHj212(bytes: Uint8Array, { receivedAt, mapping }: Hj212Context): Hj212Decoded {
	const text = Buffer.from(bytes)
		.toString('latin1')
		.replace(/[\r\n]+$/, '');
	const head = /^##(\d{4})/.exec(text);
	if (!head)
		return dead('bad-frame', '不是 HJ 212 帧（应以 ## 和四位长度开头） · Not a frame: expected ## and four digits.');
	const length = Number(head[1]);
	const segment = text.slice(6, 6 + length);
	const check = text.slice(6 + length);
	const named = /(?:^|;)MN=([^;]*);/.exec(segment)?.[1];
	if (segment.length < length || check.length !== 4)
		return dead(
			'bad-length',
			`长度不符：标明 ${length} · The length says ${length}, which the frame does not have.`,
			named,
		);
	if (!isHj212Checksum(segment, check))
		return dead(
			'bad-checksum',
			`校验不符：应为 ${hj212Checksum(segment)}，收到 ${check} · Expected the checksum ${hj212Checksum(segment)}, got ${check}.`,
			named,
		);
	const content = /CP=&&(.*?)&&/s.exec(segment);
	const header = pairs(content ? segment.slice(0, content.index) : segment);
	const { CN: command = '', QN, MN = '' } = header;
	const externalId = MN || undefined;
	const flag = Number(header['Flag'] ?? 0);
	const reply = wantsAnswer(flag) ? answer(header, flag) : undefined;
	const withReply = (decoded: Decoded): Hj212Decoded => ({ ...decoded, ...(reply !== undefined && { reply }) });
	if (!READINGS.has(command))
		return withReply(
			isControl(command)
				? { readings: [] }
				: dead('unknown-message', `不认识的命令 CN=${command} · No decoder for CN=${command}.`, externalId),
		);
	if (!content) return withReply(dead('bad-frame', '没有 CP=&&…&& 数据区 · No data between CP=&& and &&.', externalId));
	if (externalId === undefined)
		return withReply(dead('unknown-device', '帧内 MN 为空 · The frame names no device (MN is empty).'));
	const data = content[1]!;
	const told = /DataTime=([^;,]*)/.exec(data)?.[1] ?? QN;
	const at = told === undefined ? receivedAt : vendorTime(told);
	if (at === undefined)
		return withReply(dead('bad-time', `时间无法识别：${told} · DataTime cannot be read.`, externalId));
	const reading: DecodedReading = {
		device: mapping.deviceOf(externalId),
		at,
		values: {},
		raw: { protocol: 'hj212', frame: text.slice(0, 8192) },
	};
	const seq = UPLOADS.indexOf(command) * PARTS + partNo(header);
	if (seq > 0) reading.seq = seq;
	if (command !== '2011') reading.values['span'] = READINGS.get(command)!;
	takeValues(reading, data, command, mapping.settingsOf(externalId));
	return withReply({ readings: [reading] });
}

function takeValues(reading: DecodedReading, data: string, command: string, { unitFactors }: MappingSettings): void {
	const quality: Record<string, Quality> = {};
	for (const group of data.split(';')) {
		if (group.startsWith('DataTime=')) continue;
		let code = '';
		let flag: string | undefined;
		const parts = new Map<string, string>();
		for (const part of group.split(',')) {
			const pair = /^([\w.]+?)-(\w+)=(.*)$/s.exec(part.trim());
			if (!pair) continue;
			code = pair[1]!;
			if (pair[2] === 'Flag') flag = pair[3];
			else parts.set(pair[2]!, pair[3]!);
		}
		const base = quantityOf(code);
		for (const [part, written] of parts) {
			const isMoment = part === 'Rtd' || (part === 'Avg' && command !== '2011');
			const to = tidyName(part === 'Rtd' ? base : `${base}-${part}`);
			if (to === undefined || Object.keys(reading.values).length >= MOST_VALUES) continue;
			const value = written.trim() === '' ? NaN : Number(written);
			if (MEASURES.test(part) && Number.isFinite(value)) reading.values[to] = scaled(value, unitFactors?.[base]);
			else if (isMoment) quality[to] = written.trim() === '' ? 'missing' : 'invalid';
			// Serial numbers, times of samples, flags of the device: kept as they were written.
			else reading.values[to] = written.slice(0, 64);
			if (isMoment && flag !== undefined && flag !== NORMAL) quality[to] = 'flagged';
		}
		if (flag !== undefined && flag !== NORMAL && tidyName(base)) reading.values[`${base}-Flag`] = flag.slice(0, 8);
	}
	if (Object.keys(quality).length > 0) reading.quality = quality;
}

/** A code nobody knows keeps its name. Codes may be written in either case. */
function quantityOf(code: string): string {
	return QUANTITY[code] ?? QUANTITY[code.toUpperCase()] ?? QUANTITY[code.toLowerCase()] ?? code;
}

function pairs(text: string): Record<string, string> {
	const found: Record<string, string> = Object.create(null) as Record<string, string>;
	for (const pair of text.split(';')) {
		const at = pair.indexOf('=');
		if (at > 0) found[pair.slice(0, at)] = pair.slice(at + 1);
	}
	return found;
}

/** Which part of a split upload it is, from 1; 0 of a whole one. */
function partNo({ PNO }: Record<string, string>): number {
	return PNO !== undefined && /^\d{1,4}$/.test(PNO) ? Number(PNO) : 0;
}

/** Bit 0 of the flag asks for an answer; a frame split in parts (bit 1) is answered part by part. */
const wantsAnswer = (flag: number) => Number.isInteger(flag) && (flag & 1) === 1;

/** Answers and notices that carry no readings: login, answers, heartbeats, time. */
const isControl = (command: string) => /^(9\d{3}|10\d{2}|30\d{2}|2021|2022)$/.test(command);

/** The data answer 9014, with the request's own number; the answer bit is cleared so that nobody answers it. */
function answer(header: Record<string, string>, flag: number): string {
	const { QN = '', PW = '', MN = '' } = header;
	const segment = `QN=${QN};ST=91;CN=9014;PW=${PW};MN=${MN};Flag=${flag & ~3};CP=&&&&`;
	return `##${String(segment.length).padStart(4, '0')}${segment}${hj212Checksum(segment)}\r\n`;
}
