// Reads picture and state frames away from the page's own thread; answers in the order they came.

import { decodeDelta } from '#lib/domain/picture/delta.ts';
import { decodePicture } from '#lib/domain/picture/decode.ts';
import type { Decoded, Undecoded } from './decoder.ts';

addEventListener('message', ({ data }: MessageEvent<Undecoded>) => {
	const bytes = new Uint8Array(data.bytes);
	const columns = data.kind === 'picture' ? decodePicture(bytes) : decodeDelta(bytes);
	const { no, kind, level, positions, slew, load, wind, age } = columns;
	const buffers = new Set([no, kind, level, positions, slew, load, wind, age].map((column) => column.buffer));
	const answer: Decoded = { kind: data.kind, columns };
	postMessage(answer, { transfer: [...buffers] as ArrayBuffer[] });
});
