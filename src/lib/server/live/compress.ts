// Compression of large answers that are made anew each time. Brotli where the asker takes it, at a quality that costs
// no more time than gzip.

import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

export type Encoding = 'br' | 'gzip' | 'identity';

/** Below this, compressing costs more than it saves. */
const WORTH_BYTES = 1024;

/** @param accepts - the asker's Accept-Encoding */
export function chosenEncoding(accepts: string | null | undefined, bytes: number): Encoding {
	if (!accepts || bytes < WORTH_BYTES) return 'identity';
	const offered = new Map(
		accepts.split(',').map((entry) => {
			const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
			const q = parameters.find((part) => part.startsWith('q='));
			return [name, q ? Number(q.slice(2)) : 1];
		}),
	);
	if (offered.get('br')) return 'br';
	return offered.get('gzip') ? 'gzip' : 'identity';
}

export async function compressed(bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array> {
	if (encoding === 'identity') return bytes;
	if (encoding === 'gzip') return gzipAsync(bytes);
	return brotliAsync(bytes, {
		params: {
			[constants.BROTLI_PARAM_QUALITY]: 4,
			[constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
		},
	});
}
