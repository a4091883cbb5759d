// A whole picture as bytes. Objects are written in the order they come; along the curve (curve.ts) they pack best.

import type { PictureColumns } from './columns.ts';
import { HEADER_BYTES, PICTURE_MAGIC, writeHeader, writePlanes16, writeSteps32 } from './layout.ts';

/** Bytes of one object before compression: no 4, kind 1, level 1, longitude 4, latitude 4, four columns of 2. */
export const OBJECT_BYTES = 22;

/** Degrees are kept to the sixth decimal, about a decimetre. */
export const DEGREE_STEPS = 1e6;

/**
 * @returns header and columns; read back by `decodePicture`
 * @throws RangeError when a column has another length than `count`, or a position lies outside the globe
 */
export function encodePicture(columns: PictureColumns): Uint8Array {
	const { count } = columns;
	expectColumns(columns);
	const bytes = new Uint8Array(HEADER_BYTES + OBJECT_BYTES * count);
	writeHeader(bytes, PICTURE_MAGIC, { ...columns, flags: 0, extra: 0 });
	let at = HEADER_BYTES;
	at = writeSteps32(bytes, at, columns.no);
	bytes.set(columns.kind, at);
	bytes.set(columns.level, at + count);
	at += 2 * count;
	at = writeSteps32(bytes, at, quantised(columns.positions, 0, 180));
	at = writeSteps32(bytes, at, quantised(columns.positions, 1, 90));
	at = writePlanes16(bytes, at, columns.slew);
	at = writePlanes16(bytes, at, columns.load);
	at = writePlanes16(bytes, at, columns.wind);
	writePlanes16(bytes, at, columns.age);
	return bytes;
}

/** Every second number from `start` on, in whole steps. @throws RangeError for what lies outside ±`limit` degrees */
export function quantised(positions: Float64Array, start: 0 | 1, limit: 90 | 180): Int32Array {
	const count = positions.length >>> 1;
	const steps = new Int32Array(count);
	for (let i = 0, at: number = start; i < count; i++, at += 2) {
		const degrees = positions[at]!;
		if (!(degrees >= -limit && degrees <= limit))
			throw new RangeError(`Position ${i} has ${start ? 'latitude' : 'longitude'} ${degrees}, outside ±${limit}°.`);
		steps[i] = Math.round(degrees * DEGREE_STEPS);
	}
	return steps;
}

function expectColumns(columns: PictureColumns): void {
	for (const name of ['no', 'kind', 'level', 'slew', 'load', 'wind', 'age'] as const)
		if (columns[name].length !== columns.count)
			throw new RangeError(`Column ${name} has ${columns[name].length} entries, expected ${columns.count}.`);
	if (columns.positions.length !== 2 * columns.count)
		throw new RangeError(`Column positions has ${columns.positions.length} entries, expected ${2 * columns.count}.`);
}
