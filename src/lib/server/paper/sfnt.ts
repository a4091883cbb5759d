// A WOFF font as the plain font inside it. The PDF writer reads tables again for every letter, and would inflate the
// whole table each time.

import { inflateSync } from 'node:zlib';

export function sfntOf(woff: Buffer): Buffer {
	const count = woff.readUInt16BE(12);
	const tables = Array.from({ length: count }, (_, i) => {
		const at = 44 + 20 * i;
		const [offset, packed, size] = [4, 8, 12].map((field) => woff.readUInt32BE(at + field)) as [number, number, number];
		const bytes = woff.subarray(offset, offset + packed);
		const data = packed < size ? inflateSync(bytes) : bytes;
		return { tag: woff.subarray(at, at + 4), checksum: woff.readUInt32BE(at + 16), data };
	});
	const head = Buffer.alloc(12 + 16 * count);
	woff.copy(head, 0, 4, 8);
	head.writeUInt16BE(count, 4);
	const power = 2 ** Math.floor(Math.log2(count));
	head.writeUInt16BE(power * 16, 6);
	head.writeUInt16BE(Math.log2(power), 8);
	head.writeUInt16BE((count - power) * 16, 10);
	const parts: Buffer[] = [head];
	let offset = head.length;
	tables.forEach(({ tag, checksum, data }, i) => {
		const at = 12 + 16 * i;
		tag.copy(head, at);
		head.writeUInt32BE(checksum, at + 4);
		head.writeUInt32BE(offset, at + 8);
		head.writeUInt32BE(data.length, at + 12);
		const padded = Buffer.alloc((data.length + 3) & ~3);
		data.copy(padded);
		parts.push(padded);
		offset += padded.length;
	});
	return Buffer.concat(parts);
}
