// Reads what the server sends: pictures in a worker, away from the page's own thread. A small change is read at once,
// because handing it over and back costs more than reading it.

import type { PictureColumns } from '#lib/domain/picture/columns.ts';
import { decodeDelta, type PictureDelta } from '#lib/domain/picture/delta.ts';
import type { PictureIndex } from './picture-index.ts';
import PictureWorker from './picture.worker.ts?worker';

export interface Undecoded {
	kind: 'picture' | 'state';
	bytes: ArrayBuffer;
}
export type Decoded =
	{ kind: 'picture'; picture: PictureColumns; index: PictureIndex } | { kind: 'state'; delta: PictureDelta };

export interface Decoder {
	decode: (frame: Undecoded) => void;
	close: () => void;
}

/** About 20,000 changed objects, a millisecond or two. */
const SMALL_BYTES = 400_000;

/** @param onfault - the worker failed; what it was reading is lost and a whole picture must be asked for again */
export function startDecoder(ondecoded: (decoded: Decoded) => void, onfault: () => void): Decoder {
	let worker = open();
	/** Frames with the worker; whatever comes meanwhile queues behind them, so that order is kept. */
	let waiting = 0;

	function open(): Worker {
		const opened = new PictureWorker({ name: 'picture' });
		opened.addEventListener('message', ({ data }: MessageEvent<Decoded>) => {
			waiting -= 1;
			ondecoded(data);
		});
		opened.addEventListener('error', () => {
			opened.terminate();
			worker = open();
			waiting = 0;
			onfault();
		});
		return opened;
	}
	return {
		decode(frame) {
			if (frame.kind === 'state' && waiting === 0 && frame.bytes.byteLength <= SMALL_BYTES) {
				ondecoded({ kind: 'state', delta: decodeDelta(new Uint8Array(frame.bytes)) });
				return;
			}
			waiting += 1;
			worker.postMessage(frame, [frame.bytes]);
		},
		close: () => worker.terminate(),
	};
}
