// A PMTiles archive (version 3) of one picture on every tile of the first zooms, small enough to be written in a test.

import { deflateSync, gzipSync, crc32 } from 'node:zlib';

const HEADER = 127;

/** @param rgb - colour of every tile */
export function solidPmtiles(rgb: [number, number, number], maxZoom: number): Buffer {
	const tile = solidPng(rgb);
	const tiles = (4 ** (maxZoom + 1) - 1) / 3;
	// One entry: tile 0, repeated for all, at offset 0.
	const directory = gzipSync(Buffer.concat([1, 0, tiles, tile.length, 1].map(varint)));
	const metadata = gzipSync(Buffer.from('{}'));
	const header = Buffer.alloc(HEADER);
	header.write('PMTiles', 0, 'latin1');
	header[7] = 3;
	const parts = [
		[HEADER, directory.length],
		[HEADER + directory.length, metadata.length],
		[HEADER + directory.length + metadata.length, 0],
		[HEADER + directory.length + metadata.length, tile.length],
	] as const;
	parts.forEach(([at, length], order) => {
		header.writeBigUInt64LE(BigInt(at), 8 + order * 16);
		header.writeBigUInt64LE(BigInt(length), 16 + order * 16);
	});
	[tiles, 1, 1].forEach((count, order) => header.writeBigUInt64LE(BigInt(count), 72 + order * 8));
	header[96] = 1; // clustered
	header[97] = 2; // directories gzipped
	header[98] = 1; // tiles as they are
	header[99] = 2; // PNG
	header[101] = maxZoom;
	[-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000].forEach((edge, order) =>
		header.writeInt32LE(edge, 102 + order * 4),
	);
	return Buffer.concat([header, directory, metadata, tile]);
}

function varint(value: number): Buffer {
	const bytes: number[] = [];
	let rest = value;
	while (rest > 127) {
		bytes.push((rest % 128) + 128);
		rest = Math.floor(rest / 128);
	}
	return Buffer.from([...bytes, rest]);
}

export function solidPng([r, g, b]: [number, number, number]): Buffer {
	const size = 256;
	const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(size * 3, Buffer.from([r, g, b]))]);
	const head = Buffer.alloc(13);
	head.writeUInt32BE(size, 0);
	head.writeUInt32BE(size, 4);
	head.set([8, 2, 0, 0, 0], 8);
	const chunk = (type: string, data: Buffer) => {
		const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
		const frame = Buffer.alloc(8);
		frame.writeUInt32BE(data.length, 0);
		frame.writeUInt32BE(crc32(body), 4);
		return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
	};
	const image = deflateSync(Buffer.concat(Array.from({ length: size }, () => row)));
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', head),
		chunk('IDAT', image),
		chunk('IEND', Buffer.alloc(0)),
	]);
}
