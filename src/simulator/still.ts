// The picture a simulated camera sends: a yard under a sky, with what it has seen drawn in. Made here, byte by byte, so
// that nobody real is ever in it.

import { crc32, deflateSync } from 'node:zlib';
import { seeded } from '#lib/domain/random.ts';

type Rgb = readonly [number, number, number];
const WIDTH = 160;
const HEIGHT = 90;
const SKY: Rgb = [150, 170, 190];
const GROUND: Rgb = [122, 110, 96];
const WALL: Rgb = [92, 98, 104];

/** PNG. The same event at the same camera gives the same picture. */
export function stillOf(deviceId: string, event: string): Buffer {
	const random = seeded(`still/${deviceId}/${event}`);
	const pixels = new Uint8Array(WIDTH * HEIGHT * 3);
	const paint = (x: number, y: number, [r, g, b]: Rgb) => {
		if (x >= 0 && y >= 0 && x < WIDTH && y < HEIGHT) pixels.set([r, g, b], (y * WIDTH + x) * 3);
	};
	const box = (x: number, y: number, w: number, h: number, colour: Rgb) => {
		for (let j = 0; j < h; j++) for (let i = 0; i < w; i++) paint(x + i, y + j, colour);
	};
	box(0, 0, WIDTH, 50, SKY);
	box(0, 50, WIDTH, HEIGHT - 50, GROUND);
	const wallX = random.whole(10, 90);
	box(wallX, 18, 52, 40, WALL);
	for (let i = 0; i < 4; i++) box(wallX + 5 + i * 12, 26, 7, 9, SKY);
	const personX = random.whole(20, 130);
	if (event === 'smoke' || event === 'fire') {
		for (let puff = 0; puff < 60; puff++) {
			const [x, y] = [personX + random.whole(-14, 14), 20 + random.whole(0, 44)];
			const grey = random.whole(60, 110);
			box(x, y, random.whole(3, 9), random.whole(2, 6), [grey, grey, grey + 4]);
		}
		box(personX - 3, 62, 9, 8, [226, 110, 28]);
	} else {
		box(personX, 58, 7, 18, [40, 52, 74]);
		box(personX + 1, 52, 5, 6, [206, 168, 140]);
		if (event !== 'noHelmet') box(personX, 50, 7, 3, [232, 190, 40]);
	}
	// What the camera means.
	const frame: Rgb = [224, 40, 40];
	box(personX - 9, 44, 26, 1, frame);
	box(personX - 9, 80, 26, 1, frame);
	box(personX - 9, 44, 1, 37, frame);
	box(personX + 16, 44, 1, 37, frame);
	return png(pixels);
}

function png(pixels: Uint8Array): Buffer {
	const rows = Buffer.alloc(HEIGHT * (WIDTH * 3 + 1));
	for (let y = 0; y < HEIGHT; y++)
		rows.set(pixels.subarray(y * WIDTH * 3, (y + 1) * WIDTH * 3), y * (WIDTH * 3 + 1) + 1);
	const header = Buffer.alloc(13);
	header.writeUInt32BE(WIDTH, 0);
	header.writeUInt32BE(HEIGHT, 4);
	// Eight bits a channel, true colour.
	header.set([8, 2, 0, 0, 0], 8);
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([
		signature,
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
	const size = Buffer.alloc(4);
	size.writeUInt32BE(data.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([size, body, check]);
}
