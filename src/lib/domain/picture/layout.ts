// How pictures lie in bytes: a header, then every column cut into byte planes (all low bytes, all next bytes, …).
// Planes of differences along the curve are nearly constant, so gzip and brotli find them; cutting and joining is a
// shift per byte. Little-endian throughout. What the numbers mean is said in columns.ts.

/** Header: magic u32, version u8, flags u8, zero u16, count u32, extra u32, cursor f64, takenAt f64. */
export const HEADER_BYTES = 32;
export const VERSION = 1;
/** `SWPC`, `SWPD`: the first four bytes. */
export const PICTURE_MAGIC = 0x43505753;
export const DELTA_MAGIC = 0x44505753;

export interface Header {
	flags: number;
	count: number;
	/** A length that only some layouts need; zero otherwise. */
	extra: number;
	cursor: number;
	takenAt: number;
}

/** @throws RangeError when cursor or time is not a whole number from 0 on */
export function writeHeader(bytes: Uint8Array, magic: number, header: Header): void {
	for (const name of ['cursor', 'takenAt'] as const) {
		const value = header[name];
		if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`A picture's ${name} cannot be ${value}.`);
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
	view.setUint32(0, magic, true);
	view.setUint8(4, VERSION);
	view.setUint8(5, header.flags);
	view.setUint32(8, header.count, true);
	view.setUint32(12, header.extra, true);
	view.setFloat64(16, header.cursor, true);
	view.setFloat64(24, header.takenAt, true);
}

/** @throws RangeError when the bytes are too short, of another kind or of another version */
export function readHeader(bytes: Uint8Array, magic: number): Header {
	if (bytes.byteLength < HEADER_BYTES)
		throw new RangeError(`Not a picture: ${bytes.byteLength} bytes, the header alone has ${HEADER_BYTES}.`);
	const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
	const found = view.getUint32(0, true);
	if (found !== magic)
		throw new RangeError(`Not a picture of this kind: begins with ${hex(found)}, expected ${hex(magic)}.`);
	const version = view.getUint8(4);
	if (version !== VERSION) throw new RangeError(`A picture of version ${version}; this reads version ${VERSION}.`);
	const header = {
		flags: view.getUint8(5),
		count: view.getUint32(8, true),
		extra: view.getUint32(12, true),
		cursor: view.getFloat64(16, true),
		takenAt: view.getFloat64(24, true),
	};
	if (!Number.isSafeInteger(header.cursor) || header.cursor < 0 || !Number.isSafeInteger(header.takenAt))
		throw new RangeError('Not a picture: its cursor or its time is no whole number.');
	return header;
}

/** @throws RangeError when the bytes are not exactly as many as the header promises */
export function expectLength(bytes: Uint8Array, expected: number): void {
	if (bytes.byteLength === expected) return;
	const verdict = bytes.byteLength < expected ? 'Truncated' : 'Too long';
	throw new RangeError(`${verdict}: ${bytes.byteLength} bytes where the header promises ${expected}.`);
}

export function writePlanes16(bytes: Uint8Array, offset: number, values: Uint16Array): number {
	const n = values.length;
	for (let i = 0; i < n; i++) {
		const value = values[i]!;
		bytes[offset + i] = value;
		bytes[offset + n + i] = value >>> 8;
	}
	return offset + 2 * n;
}

export function readPlanes16(bytes: Uint8Array, offset: number, count: number): Uint16Array {
	const low = bytes.subarray(offset, offset + count);
	const high = bytes.subarray(offset + count, offset + 2 * count);
	const values = new Uint16Array(count);
	for (let i = 0; i < count; i++) values[i] = low[i]! | (high[i]! << 8);
	return values;
}

/** Writes the differences between neighbours, folded so that small ones of either sign have small codes. */
export function writeSteps32(bytes: Uint8Array, offset: number, values: ArrayLike<number>): number {
	const n = values.length;
	let previous = 0;
	for (let i = 0; i < n; i++) {
		const value = values[i]! | 0;
		const step = (value - previous) | 0;
		const folded = (step << 1) ^ (step >> 31);
		bytes[offset + i] = folded;
		bytes[offset + n + i] = folded >>> 8;
		bytes[offset + 2 * n + i] = folded >>> 16;
		bytes[offset + 3 * n + i] = folded >>> 24;
		previous = value;
	}
	return offset + 4 * n;
}

/** Reads what writeSteps32 wrote into every `stride`-th place of `into` from `start` on, divided by `divisor`. */
export function readSteps32(
	bytes: Uint8Array,
	offset: number,
	count: number,
	into: Uint32Array | Float64Array,
	{ start = 0, stride = 1, divisor = 1 } = {},
): void {
	const a = bytes.subarray(offset, offset + count);
	const b = bytes.subarray(offset + count, offset + 2 * count);
	const c = bytes.subarray(offset + 2 * count, offset + 3 * count);
	const d = bytes.subarray(offset + 3 * count, offset + 4 * count);
	let value = 0;
	for (let i = 0, at = start; i < count; i++, at += stride) {
		const folded = a[i]! | (b[i]! << 8) | (c[i]! << 16) | (d[i]! << 24);
		value = (value + ((folded >>> 1) ^ -(folded & 1))) | 0;
		into[at] = value / divisor;
	}
}

function hex(value: number): string {
	return `0x${value.toString(16).padStart(8, '0')}`;
}
