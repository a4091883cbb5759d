// The outer shape of JT/T 808 (2011, 2013, 2019): 0x7E … 0x7E, 0x7D as escape, XOR as check, a header with or without
// version, and messages split into sub-packets.

import { deadOf, type Dead } from './decoded.ts';

export interface Jt808Header {
	messageId: number;
	/** 2011 and 2013 have no version in the header; 2019 says so. */
	isV2019: boolean;
	/** The terminal's number without leading zeros, as a vendor writes it down. */
	phone: string;
	serial: number;
	/** 0: not encrypted. */
	encryption: number;
	/** Where the message is split: how many parts, and which one, from 1. */
	part?: { of: number; no: number };
}

export interface Jt808Frame extends Jt808Header {
	body: Uint8Array;
}

/** Stands before a frame and behind it. */
export const MARK = 0x7e;
const ESCAPE = 0x7d;
const SPLIT = 0x2000;
const VERSIONED = 0x4000;
const LENGTH = 0x03ff;
/** Header without parts, and the check byte. */
const SHORTEST = 13;

/** Cuts the bytes of a connection into what stands between two marks. @returns frames without their marks, and the rest */
export function cutJt808(
	bytes: Uint8Array,
	longest: number,
): { frames: Uint8Array[]; noise: Uint8Array[]; rest: Uint8Array } {
	const frames: Uint8Array[] = [];
	const noise: Uint8Array[] = [];
	let from = bytes.indexOf(MARK);
	if (from < 0) return { frames, noise: bytes.length > 0 ? [bytes.slice()] : [], rest: new Uint8Array(0) };
	if (from > 0) noise.push(bytes.slice(0, from));
	for (;;) {
		const to = bytes.indexOf(MARK, from + 1);
		if (to < 0) break;
		// Two marks side by side are an end and a beginning; one alone may be both.
		if (to > from + 1) frames.push(bytes.slice(from + 1, to));
		from = to;
	}
	const rest = bytes.slice(from);
	if (rest.length > longest) return { frames, noise: [...noise, rest], rest: new Uint8Array(0) };
	return { frames, noise, rest };
}

/** @param inner - the bytes between the marks @returns the frame, or what is wrong with it */
export function readJt808(inner: Uint8Array): Jt808Frame | Dead {
	const bytes = unescaped(inner);
	if (!bytes)
		return deadOf('bad-frame', '转义无效：7D 之后应为 01 或 02 · Invalid escape: 7D must be followed by 01 or 02.');
	if (bytes.length < SHORTEST)
		return deadOf(
			'bad-length',
			`帧只有 ${bytes.length} 字节，至少 ${SHORTEST} · ${bytes.length} bytes, at least ${SHORTEST}.`,
		);
	const check = bytes.subarray(0, -1).reduce((sum, byte) => sum ^ byte, 0);
	if (check !== bytes.at(-1))
		return deadOf(
			'bad-checksum',
			`校验码不符：应为 ${hex(check)}，收到 ${hex(bytes.at(-1)!)} · Expected the check byte ${hex(check)}, got ${hex(bytes.at(-1)!)}.`,
		);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const properties = view.getUint16(2);
	const isV2019 = (properties & VERSIONED) !== 0;
	const isSplit = (properties & SPLIT) !== 0;
	const phoneAt = isV2019 ? 5 : 4;
	const serialAt = phoneAt + (isV2019 ? 10 : 6);
	const bodyAt = serialAt + 2 + (isSplit ? 4 : 0);
	const said = properties & LENGTH;
	const found = bytes.length - 1 - bodyAt;
	const phone = digitsOf(bytes.subarray(phoneAt, serialAt));
	if (found !== said)
		return deadOf(
			'bad-length',
			`消息体长度不符：标明 ${said}，实有 ${Math.max(found, 0)} · The header says ${said} bytes of body, there are ${Math.max(found, 0)}.`,
			phone,
		);
	if (phone === undefined)
		return deadOf('bad-frame', '终端手机号不是 BCD 码 · The terminal’s number is not BCD: expected digits only.');
	return {
		messageId: view.getUint16(0),
		isV2019,
		phone,
		serial: view.getUint16(serialAt),
		encryption: (properties >> 10) & 7,
		...(isSplit && { part: { of: view.getUint16(serialAt + 2), no: view.getUint16(serialAt + 4) } }),
		body: bytes.slice(bodyAt, -1),
	};
}

/** A frame to be sent, marks and escapes included. */
export function writeJt808(
	messageId: number,
	{ isV2019, phone, serial }: Pick<Jt808Header, 'isV2019' | 'phone' | 'serial'>,
	body: Uint8Array,
): Uint8Array {
	const digits = phone.padStart(isV2019 ? 20 : 12, '0');
	const number = Array.from({ length: digits.length / 2 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16));
	const properties = body.length | (isV2019 ? VERSIONED : 0);
	const bytes = [
		...[messageId >> 8, messageId & 0xff, properties >> 8, properties & 0xff],
		...(isV2019 ? [1] : []),
		...number,
		...[(serial >> 8) & 0xff, serial & 0xff],
		...body,
	];
	bytes.push(bytes.reduce((check, byte) => check ^ byte, 0));
	const escaped = bytes.flatMap((byte) => (byte === MARK ? [ESCAPE, 0x02] : byte === ESCAPE ? [ESCAPE, 0x01] : [byte]));
	return Uint8Array.from([MARK, ...escaped, MARK]);
}

const hex = (byte: number) => byte.toString(16).toUpperCase().padStart(2, '0');

function unescaped(inner: Uint8Array): Uint8Array | undefined {
	const bytes = new Uint8Array(inner.length);
	let length = 0;
	for (let at = 0; at < inner.length; at++) {
		const byte = inner[at]!;
		if (byte !== ESCAPE) bytes[length++] = byte;
		else {
			const next = inner[++at];
			if (next !== 0x01 && next !== 0x02) return undefined;
			bytes[length++] = next === 0x02 ? MARK : ESCAPE;
		}
	}
	return bytes.subarray(0, length);
}

function digitsOf(bcd: Uint8Array): string | undefined {
	const text = Array.from(bcd, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : undefined;
}
