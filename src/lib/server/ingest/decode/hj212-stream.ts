// Cuts the bytes of a connection into frames of HJ 212: several in one packet, one in several packets, noise between.

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

/**
 * @param bytes - what was left the last time, and what came
 * @param longest - bytes a frame may have; what announces more is noise
 */
export function cutHj212(bytes: Uint8Array, longest: number): Cut {
	const cut: Cut = { frames: [], noise: [], rest: new Uint8Array(0) };
	let at = 0;
	let noiseFrom = 0;
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
		if (!(size <= left)) {
			cut.rest = bytes.slice(at);
			return cut;
		}
		cut.frames.push(bytes.slice(at, at + size));
		at += size;
		noiseFrom = at;
	}
	endNoise(bytes.length);
	return cut;
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
