// Reads picture and state frames away from the page's own thread; answers in the order they came.

import { decodeDelta } from '#lib/domain/picture/delta.ts';
import { decodePicture } from '#lib/domain/picture/decode.ts';
import { indexPicture } from './picture-index.ts';
import type { Decoded, Undecoded } from './decoder.ts';

addEventListener('message', ({ data }: MessageEvent<Undecoded>) => {
	const bytes = new Uint8Array(data.bytes);
	if (data.kind === 'picture') {
		const picture = decodePicture(bytes);
		const index = indexPicture(picture);
		answer({ kind: 'picture', picture, index }, { ...picture, ...index });
	} else {
		const delta = decodeDelta(bytes);
		answer({ kind: 'state', delta }, delta);
	}
});

/** Hands the columns over instead of copying them. */
function answer(decoded: Decoded, columns: object): void {
	const buffers = new Set(
		Object.values(columns).flatMap((column) => (ArrayBuffer.isView(column) ? [column.buffer] : [])),
	);
	postMessage(decoded, { transfer: [...buffers] as ArrayBuffer[] });
}
