// Rows in PostgreSQL's binary COPY format for the table `reading`, written into one buffer that is used again.

import type { Row } from './check-reading.ts';

/** Order of the columns in the COPY statement. */
export const COPY_COLUMNS = 'device_no, observed_at, seq, received_at, values, raw, gateway_at, quality';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** µs from 1970 to 2000, where PostgreSQL's clock begins. */
const EPOCH_US = 946_684_800_000_000;
const COLUMNS = 8;
/** A row without its texts: count 2, device 8, four moments or numbers of 12, three jsonb of length and version 5. */
const FIXED = 2 + 8 + 4 * 12 + 3 * 5;
const HIGH = 2 ** 32;

export class CopyBuffer {
	#bytes = Buffer.allocUnsafe(256 * 1024);

	/** The rows as one COPY, valid until the next call. */
	write(rows: readonly Row[], receivedMs: number): Buffer {
		let at = SIGNATURE.copy(this.#bytes, 0);
		const received = receivedMs * 1000 - EPOCH_US;
		for (const row of rows) {
			const quality = row.quality && JSON.stringify(row.quality);
			at = this.#room(at, FIXED + 3 * (row.text.length + (row.raw?.length ?? 0) + (quality?.length ?? 0)) + 16);
			const bytes = this.#bytes;
			at = bytes.writeInt16BE(COLUMNS, at);
			at = bytes.writeInt32BE(4, at);
			at = bytes.writeInt32BE(row.device.no, at);
			at = writeInt8(bytes, row.atUs - EPOCH_US, at);
			at = writeInt8(bytes, row.seq, at);
			at = writeInt8(bytes, received, at);
			at = writeJsonb(bytes, row.text, at);
			at = row.raw === null ? bytes.writeInt32BE(-1, at) : writeJsonb(bytes, row.raw, at);
			at = Number.isNaN(row.gatewayUs) ? bytes.writeInt32BE(-1, at) : writeInt8(bytes, row.gatewayUs - EPOCH_US, at);
			at = quality === null ? bytes.writeInt32BE(-1, at) : writeJsonb(bytes, quality, at);
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
