// Cuts the bytes of a connection into frames of HJ 212: several in one packet, one in several packets, noise between.
// A frame that announces more than it has takes none of those behind it along.

import { isHj212Checksum } from '#lib/domain/device/hj212-checksum.ts';

export interface Cut {
	frames: Uint8Array[];
	/** Bytes that belong to no frame. */
	noise: Uint8Array[];
	/** What may become a frame with the next bytes. */
	rest: Uint8Array;
}

const HASH = 0x23;
const HEAD = 6;
const CHECK = 4;
/** Frames with another inside whose checksum is worked out in one go: nobody but who means harm sends more. */
const NESTED = 200;

/**
 * @param bytes - what was left the last time, and what came
 * @param longest - bytes a frame may have; what announces more is noise
 */
export function cutHj212(bytes: Uint8Array, longest: number): Cut {
	const cut: Cut = { frames: [], noise: [], rest: new Uint8Array(0) };
	let at = 0;
	let noiseFrom = 0;
	let nested = 0;
	const endNoise = (to: number) => {
		const noise = withoutLineEnds(bytes.subarray(noiseFrom, to));
		if (noise.length > 0) cut.noise.push(noise);
	};
	while (at < bytes.length) {
		if (bytes[at] !== HASH || (at + 1 < bytes.length && bytes[at + 1] !== HASH)) {
			at++;
			continue;
		}
		const left = bytes.length - at;
		const length = left < HEAD ? undefined : lengthAt(bytes, at + 2);
		if (left >= HEAD && length === undefined) {
			at++;
			continue;
		}
		const size = length === undefined ? NaN : HEAD + length + CHECK;
		if (size > longest) {
			at++;
			continue;
		}
		endNoise(at);
		const inner = size > HEAD ? headAfter(bytes, at + HEAD, Math.min(at + size, bytes.length)) : undefined;
		const next = inner === undefined || ++nested > NESTED ? inner : brokenOffAt(bytes, at, size, inner);
		if (next === undefined && !(size <= left)) {
			cut.rest = bytes.slice(at);
			return cut;
		}
		const end = next ?? endOf(bytes, at, size, longest);
		cut.frames.push(bytes.slice(at, end));
		at = end;
		noiseFrom = at;
	}
	endNoise(bytes.length);
	return cut;
}

/**
 * Where the next frame begins inside what this one announces, when this one was broken off: bytes got lost, or its
 * length lies. `inner` looks like its head. A whole frame whose checksum is right is not looked into; one that is still
 * coming is given up as soon as a right one stands in it, so that no good frame waits for bytes that will not come.
 */
function brokenOffAt(bytes: Uint8Array, at: number, size: number, inner: number): number | undefined {
	if (at + size <= bytes.length) return isRight(bytes, at, size) ? undefined : inner;
	const innerSize = HEAD + lengthAt(bytes, inner + 2)! + CHECK;
	return inner + innerSize <= bytes.length && isRight(bytes, inner, innerSize) ? inner : undefined;
}

const MARK = Buffer.from('##');

/** Where the next frame may begin, its head before `until`. */
function headAfter(bytes: Uint8Array, from: number, until: number): number | undefined {
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, until);
	for (let i = view.indexOf(MARK, from); i >= 0 && i + HEAD <= until; i = view.indexOf(MARK, i + 1))
		if (lengthAt(bytes, i + 2) !== undefined) return i;
	return undefined;
}

/**
 * Where a frame that is all there ends: where its length says, or, when its checksum is not right there and the line goes
 * on, at the end of its line, so that the whole of it is kept and told as too long.
 */
function endOf(bytes: Uint8Array, at: number, size: number, longest: number): number {
	const said = at + size;
	const isEnd = (i: number) => i >= bytes.length || bytes[i] === 0x0d || bytes[i] === 0x0a || bytes[i] === HASH;
	if (isEnd(said) || isRight(bytes, at, size)) return said;
	let end = said;
	while (!isEnd(end) && end - at < longest) end++;
	return end;
}

function isRight(bytes: Uint8Array, at: number, size: number): boolean {
	const text = Buffer.from(bytes.subarray(at, at + size)).toString('latin1');
	return isHj212Checksum(text.slice(HEAD, -CHECK), text.slice(-CHECK));
}

function lengthAt(bytes: Uint8Array, at: number): number | undefined {
	let length = 0;
	for (let i = 0; i < 4; i++) {
		const digit = bytes[at + i]! - 0x30;
		if (!(digit >= 0 && digit <= 9)) return undefined;
		length = length * 10 + digit;
	}
	return length;
}

function withoutLineEnds(bytes: Uint8Array): Uint8Array {
	let [from, to] = [0, bytes.length];
	const isEnd = (byte: number | undefined) => byte === 0x0d || byte === 0x0a;
	while (from < to && isEnd(bytes[from])) from++;
	while (to > from && isEnd(bytes[to - 1])) to--;
	return bytes.slice(from, to);
}
