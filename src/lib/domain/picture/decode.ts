// Bytes back to columns that can be handed to the GPU as they are.

import { LEVELS } from '../level.ts';
import { OBJECT_KINDS, type PictureColumns } from './columns.ts';
import { DEGREE_STEPS, OBJECT_BYTES } from './encode.ts';
import { expectLength, HEADER_BYTES, PICTURE_MAGIC, readHeader, readPlanes16, readSteps32 } from './layout.ts';

/**
 * @throws RangeError when the bytes are truncated, too long, no picture, or of another version
 */
export function decodePicture(bytes: Uint8Array): PictureColumns {
	const { count, cursor, takenAt } = readHeader(bytes, PICTURE_MAGIC);
	expectLength(bytes, HEADER_BYTES + OBJECT_BYTES * count);
	const no = new Uint32Array(count);
	const positions = new Float64Array(2 * count);
	let at = HEADER_BYTES;
	readSteps32(bytes, at, count, no);
	at += 4 * count;
	const kind = readCodes(bytes, at, count, OBJECT_KINDS.length, 'kind');
	const level = readCodes(bytes, at + count, count, LEVELS.length, 'level');
	at += 2 * count;
	readSteps32(bytes, at, count, positions, { stride: 2, divisor: DEGREE_STEPS });
	readSteps32(bytes, at + 4 * count, count, positions, { start: 1, stride: 2, divisor: DEGREE_STEPS });
	at += 8 * count;
	const slew = readPlanes16(bytes, at, count);
	const load = readPlanes16(bytes, at + 2 * count, count);
	const wind = readPlanes16(bytes, at + 4 * count, count);
	const age = readPlanes16(bytes, at + 6 * count, count);
	return { count, cursor, takenAt, no, kind, level, positions, slew, load, wind, age };
}

/** One byte per object. @throws RangeError for a code this version does not know */
export function readCodes(bytes: Uint8Array, offset: number, count: number, known: number, column: string): Uint8Array {
	const codes = bytes.slice(offset, offset + count);
	for (let i = 0; i < count; i++)
		if (codes[i]! >= known)
			throw new RangeError(`Object ${i} has ${column} ${codes[i]}; this version knows 0 to ${known - 1}.`);
	return codes;
}
