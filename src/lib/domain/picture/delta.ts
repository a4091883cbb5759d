// What changed since a picture: the moving columns of the objects concerned, by number. Positions come along only
// when one of them moved. A delta that gets lost is made good by the next one, or by a new picture.

import { LEVELS } from '../level.ts';
import type { PictureColumns } from './columns.ts';
import { readCodes } from './decode.ts';
import { DEGREE_STEPS, quantised } from './encode.ts';
import {
	DELTA_MAGIC,
	expectLength,
	HEADER_BYTES,
	readHeader,
	readPlanes16,
	readSteps32,
	writeHeader,
	writePlanes16,
	writeSteps32,
} from './layout.ts';

/**
 * Columns of the changed objects, ascending by number. `kind` is empty: an object does not change its kind.
 * `positions` is empty while nothing moved.
 */
export type PictureDelta = PictureColumns;

const MOVED = 1;
/** level 1, four columns of 2; numbers and positions come on top. */
const ROW_BYTES = 9;

/** @throws RangeError when the numbers are not ascending or a column has another length than `count` */
export function encodeDelta(delta: PictureDelta): Uint8Array {
	const { count, positions } = delta;
	const hasMoved = positions.length > 0;
	if (hasMoved && positions.length !== 2 * count)
		throw new RangeError(`Column positions has ${positions.length} entries, expected none or ${2 * count}.`);
	for (const name of ['no', 'level', 'slew', 'load', 'wind', 'age'] as const)
		if (delta[name].length !== count)
			throw new RangeError(`Column ${name} has ${delta[name].length} entries, expected ${count}.`);
	const numbers = ascendingToBytes(delta.no);
	const bytes = new Uint8Array(HEADER_BYTES + numbers.length + count * (ROW_BYTES + (hasMoved ? 8 : 0)));
	writeHeader(bytes, DELTA_MAGIC, { ...delta, flags: hasMoved ? MOVED : 0, extra: numbers.length });
	let at = HEADER_BYTES;
	bytes.set(numbers, at);
	at += numbers.length;
	bytes.set(delta.level, at);
	at += count;
	at = writePlanes16(bytes, at, delta.slew);
	at = writePlanes16(bytes, at, delta.load);
	at = writePlanes16(bytes, at, delta.wind);
	at = writePlanes16(bytes, at, delta.age);
	if (hasMoved) {
		at = writeSteps32(bytes, at, quantised(positions, 0, 180));
		writeSteps32(bytes, at, quantised(positions, 1, 90));
	}
	return bytes;
}

/** @throws RangeError when the bytes are truncated, too long, no delta, or of another version */
export function decodeDelta(bytes: Uint8Array): PictureDelta {
	const { count, cursor, takenAt, flags, extra } = readHeader(bytes, DELTA_MAGIC);
	const hasMoved = (flags & MOVED) !== 0;
	expectLength(bytes, HEADER_BYTES + extra + count * (ROW_BYTES + (hasMoved ? 8 : 0)));
	const no = ascendingFromBytes(bytes.subarray(HEADER_BYTES, HEADER_BYTES + extra), count);
	let at = HEADER_BYTES + extra;
	const level = readCodes(bytes, at, count, LEVELS.length, 'level');
	at += count;
	const slew = readPlanes16(bytes, at, count);
	const load = readPlanes16(bytes, at + 2 * count, count);
	const wind = readPlanes16(bytes, at + 4 * count, count);
	const age = readPlanes16(bytes, at + 6 * count, count);
	at += 8 * count;
	const positions = new Float64Array(hasMoved ? 2 * count : 0);
	if (hasMoved) {
		readSteps32(bytes, at, count, positions, { stride: 2, divisor: DEGREE_STEPS });
		readSteps32(bytes, at + 4 * count, count, positions, { start: 1, stride: 2, divisor: DEGREE_STEPS });
	}
	const kind = new Uint8Array(0);
	return { count, cursor, takenAt, no, kind, level, positions, slew, load, wind, age };
}

/** The gaps between ascending numbers, seven bits a byte, low bits first; the high bit says that more follow. */
function ascendingToBytes(numbers: Uint32Array): Uint8Array {
	const bytes = new Uint8Array(5 * numbers.length);
	let at = 0;
	let previous = -1;
	for (let i = 0; i < numbers.length; i++) {
		const number = numbers[i]!;
		if (number <= previous) throw new RangeError(`Number ${number} follows ${previous}; a delta needs them ascending.`);
		let gap = number - previous - 1;
		while (gap > 0x7f) {
			bytes[at++] = (gap & 0x7f) | 0x80;
			gap >>>= 7;
		}
		bytes[at++] = gap;
		previous = number;
	}
	return bytes.subarray(0, at);
}

function ascendingFromBytes(bytes: Uint8Array, count: number): Uint32Array {
	const numbers = new Uint32Array(count);
	let at = 0;
	let previous = -1;
	for (let i = 0; i < count; i++) {
		let gap = 0;
		let scale = 1;
		let byte: number;
		do {
			if (at >= bytes.length || scale > 2 ** 28) throw new RangeError(`The numbers of a delta end at object ${i}.`);
			byte = bytes[at++]!;
			gap += (byte & 0x7f) * scale;
			scale *= 128;
		} while (byte & 0x80);
		previous += gap + 1;
		if (previous > 0xffffffff) throw new RangeError(`Object ${i} of a delta has the impossible number ${previous}.`);
		numbers[i] = previous;
	}
	if (at !== bytes.length) throw new RangeError(`A delta holds numbers of more than its ${count} objects.`);
	return numbers;
}
