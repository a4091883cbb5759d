// What a browser looks up in a whole picture. Made beside the page where the picture is read: for a million objects it
// takes longer than a page may stand still.

import { NO_VALUE, type PictureColumns } from '#lib/domain/picture/columns.ts';

export interface PictureIndex {
	/** Row by register number, -1 for none: numbers come from one small sequence, so a plain array does. */
	rowOf: Int32Array;
	/** Levels as the server said them, by row. */
	said: Uint8Array;
	/** Moment of the newest reading by row, on the server's clock; NaN: never reported. */
	observedMs: Float64Array;
	/** The newest of them; NaN while nothing has reported. */
	newestMs: number;
}

export function indexPicture({ no, count, level, age, takenAt }: PictureColumns): PictureIndex {
	let largest = 0;
	let youngest: number = NO_VALUE;
	const observedMs = new Float64Array(count);
	for (let row = 0; row < count; row++) {
		if (no[row]! > largest) largest = no[row]!;
		if (age[row]! < youngest) youngest = age[row]!;
		observedMs[row] = age[row] === NO_VALUE ? NaN : takenAt - age[row]! * 1000;
	}
	const rowOf = new Int32Array(count ? largest + 1 : 0).fill(-1);
	for (let row = 0; row < count; row++) rowOf[no[row]!] = row;
	const newestMs = youngest === NO_VALUE ? NaN : takenAt - youngest * 1000;
	return { rowOf, said: level.slice(), observedMs, newestMs };
}
