// HJ 212-2017 and 2005: the frames of dust and noise stations. `##`, four digits of length, a segment of `key=value;`
// pairs with the readings between `CP=&&` and `&&`, four hex digits of a checksum that is not Modbus, CR LF.

import { hj212Checksum, isHj212Checksum } from '#lib/domain/device/hj212-checksum.ts';
import { dead, type Decoded, type DecodedReading, type Mapping } from './decoded.ts';
import { hashOf } from './frame.ts';
import { answer, isOf2005, wantsAnswer } from './hj212-answer.ts';
import { isControl, SPANS, UPLOADS } from './hj212-codes.ts';
import { dataOf, readable, takeDataTime, takeValues } from './hj212-values.ts';
import { vendorTime } from './vendor-time.ts';

/** Numbers of parts (PNO) that one upload may have. */
const PARTS = 10_000;
/** Room for uploads of one kind of station (ST). */
const KINDS = 32;
/** Stations for air; those for noise (23) and others may send beside them under the same number and moment. */
const AIR = '22';

export interface Hj212Context {
	receivedAt: string;
	mapping: Mapping;
	/** Moments that first parts told on this line; parts behind them may leave it out. */
	partTimes?: Map<string, string>;
}

export interface Hj212Decoded extends Decoded {
	/** To be sent once what was read is stored; undefined where the flag asks for none. */
	reply?: string;
}

/** @param bytes - one frame, from `##` to the checksum, with or without CR LF */
export function decodeHj212(bytes: Uint8Array, context: Hj212Context): Hj212Decoded {
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
	if (segment.length < length || check.length !== 4) {
		const found = Math.max(0, text.length - 10);
		return dead(
			'bad-length',
			`长度不符：标明 ${length}，实有 ${found} · The length says ${length}, but the data have ${found} bytes.`,
			named,
		);
	}
	if (!isHj212Checksum(segment, check))
		return dead(
			'bad-checksum',
			`校验不符：应为 ${hj212Checksum(segment)}，收到 ${check} · Expected the checksum ${hj212Checksum(segment)}, got ${check}.`,
			named,
		);
	const content = /CP=&&(.*)&&/s.exec(segment);
	const header = pairs(content ? segment.slice(0, content.index) : segment);
	const flag = Number(header['Flag'] ?? header['FLAG'] ?? 0);
	const decoded = decodeSegment(header, content?.[1], flag, readable(text), context);
	return wantsAnswer(flag) ? { ...decoded, reply: answer(header, flag) } : decoded;
}

function decodeSegment(
	header: Readonly<Record<string, string>>,
	content: string | undefined,
	flag: number,
	frame: string,
	{ receivedAt, mapping, partTimes }: Hj212Context,
): Decoded {
	const { CN: command = '', ST = AIR, QN, MN = '' } = header;
	const externalId = MN === '' ? undefined : MN;
	const isSpan = SPANS.has(command);
	if (!UPLOADS.includes(command) || (!isSpan && (content ?? '') === ''))
		return UPLOADS.includes(command) || isControl(command)
			? { readings: [] }
			: dead('unknown-message', `不认识的命令 CN=${command} · No decoder for CN=${command}.`, externalId);
	if (content === undefined)
		return dead('bad-frame', '没有 CP=&&…&& 数据区 · No data between CP=&& and &&.', externalId);
	if (externalId === undefined)
		return dead('unknown-device', '帧内 MN 为空 · The frame names no device (MN is empty).');
	const data = dataOf(content);
	const part = partNo(header);
	const told = timeOf(takeDataTime(data), `${MN} ${ST} ${command}`, part, partTimes) ?? QN;
	const at = told === undefined ? receivedAt : vendorTime(told);
	if (at === undefined) return dead('bad-time', `时间无法识别：${told} · DataTime cannot be read.`, externalId);
	const reading: DecodedReading = {
		device: mapping.deviceOf(externalId),
		at,
		values: {},
		raw: { protocol: 'hj212', frame },
	};
	// One station reports the moment, the minute, the hour and the day under one DataTime, and of its equipment several
	// things in one second: each is a reading of its own.
	const kind = ST === AIR || !/^\d{1,2}$/.test(ST) ? 0 : Number(ST);
	const seq = (kind * KINDS + UPLOADS.indexOf(command)) * PARTS + (isSpan ? part : hashOf(content) % PARTS);
	if (seq > 0) reading.seq = seq;
	if (!isSpan) reading.values['command'] = command;
	else if (command !== '2011') reading.values['span'] = SPANS.get(command)!;
	const how = { isMoment: command === '2011', isOf2005: isOf2005(flag) };
	takeValues(reading, data, how, mapping.settingsOf(externalId));
	return { readings: [reading] };
}

const MOST_UPLOADS = 16;

/** The first part of a split upload tells when it was; it holds for the parts behind it on this line. */
function timeOf(told: string | undefined, upload: string, part: number, times?: Map<string, string>) {
	if (!times || part === 0) return told;
	if (told === undefined) return times.get(upload);
	times.delete(upload);
	times.set(upload, told);
	if (times.size > MOST_UPLOADS) times.delete(times.keys().next().value!);
	return told;
}

function pairs(text: string): Record<string, string> {
	const found: Record<string, string> = Object.create(null) as Record<string, string>;
	for (const pair of text.split(';')) {
		const at = pair.indexOf('=');
		if (at > 0) found[pair.slice(0, at).trim()] = pair.slice(at + 1).trim();
	}
	return found;
}

/** Which part of a split upload it is, from 1; 0 of a whole one. */
function partNo({ PNO }: Readonly<Record<string, string>>): number {
	return PNO !== undefined && /^\d{1,4}$/.test(PNO) ? Number(PNO) : 0;
}
