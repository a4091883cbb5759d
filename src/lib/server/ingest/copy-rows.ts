// Rows in PostgreSQL's binary COPY format for the table `reading`, written into one buffer that is used again.

import type { Row } from './check-reading.ts';

/** Order of the columns in the COPY statement. */
export const COPY_COLUMNS = 'device_no, observed_at, seq, received_at, values, raw';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** µs from 1970 to 2000, where PostgreSQL's clock begins. */
const EPOCH_US = 946_684_800_000_000;
const COLUMNS = 6;
/** A row without its texts: count 2, device 8, three of 12, length and version of jsonb 5, length of raw 4. */
const FIXED = 2 + 8 + 3 * 12 + 5 + 4;
const HIGH = 2 ** 32;

export class CopyBuffer {
	#bytes = Buffer.allocUnsafe(256 * 1024);

	/** The rows as one COPY, valid until the next call. */
	write(rows: readonly Row[], receivedMs: number): Buffer {
		let at = SIGNATURE.copy(this.#bytes, 0);
		const received = receivedMs * 1000 - EPOCH_US;
		for (const row of rows) {
			at = this.#room(at, FIXED + 3 * (row.text.length + (row.raw?.length ?? 0)) + 16);
			const bytes = this.#bytes;
			at = bytes.writeInt16BE(COLUMNS, at);
			at = bytes.writeInt32BE(4, at);
			at = bytes.writeInt32BE(row.device.no, at);
			at = writeInt8(bytes, row.atUs - EPOCH_US, at);
			at = writeInt8(bytes, row.seq, at);
			at = writeInt8(bytes, received, at);
			at = writeJsonb(bytes, row.text, at);
			at = row.raw === null ? bytes.writeInt32BE(-1, at) : writeJsonb(bytes, row.raw, at);
		}
		at = this.#bytes.writeInt16BE(-1, at);
		return this.#bytes.subarray(0, at);
	}

	#room(at: number, needed: number): number {
		// Two bytes more than the row needs, for the end.
		if (at + needed + 2 > this.#bytes.length) {
			const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, at + needed + 2));
			this.#bytes.copy(larger, 0, 0, at);
			this.#bytes = larger;
		}
		return at;
	}
}

/** An 8-byte integer with its length; `value` is exact, being below 2⁵³. */
function writeInt8(bytes: Buffer, value: number, at: number): number {
	at = bytes.writeInt32BE(8, at);
	at = bytes.writeInt32BE(Math.floor(value / HIGH), at);
	return bytes.writeUInt32BE(value - Math.floor(value / HIGH) * HIGH, at);
}

/** Version 1 of jsonb is a byte and the text. */
function writeJsonb(bytes: Buffer, text: string, at: number): number {
	bytes[at + 4] = 1;
	const length = bytes.write(text, at + 5, 'utf8');
	bytes.writeInt32BE(length + 1, at);
	return at + 5 + length;
}
