// The page's side of the worker that reads pictures.

import type { PictureColumns } from '#lib/domain/picture/columns.ts';
import type { PictureDelta } from '#lib/domain/picture/delta.ts';
import PictureWorker from './picture.worker.ts?worker';

export interface Undecoded {
	kind: 'picture' | 'state';
	bytes: ArrayBuffer;
}
export type Decoded = { kind: 'picture'; picture: PictureColumns } | { kind: 'state'; delta: PictureDelta };

export interface Decoder {
	decode: (frame: Undecoded) => void;
	close: () => void;
}

/** @param onfault - the worker failed; what it was reading is lost and a whole picture must be asked for again */
export function startDecoder(ondecoded: (decoded: Decoded) => void, onfault: () => void): Decoder {
	let worker = open();

	function open(): Worker {
		const opened = new PictureWorker({ name: 'picture' });
		opened.addEventListener('message', ({ data }: MessageEvent<Decoded>) => ondecoded(data));
		opened.addEventListener('error', () => {
			opened.terminate();
			worker = open();
			onfault();
		});
		return opened;
	}
	return {
		decode: (frame) => worker.postMessage(frame, [frame.bytes]),
		close: () => worker.terminate(),
	};
}
