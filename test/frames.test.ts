// Real frames and frames made from the standards, each beside what it must be read as: `name.frame` and `name.json`.
// Walks test/frames by itself, so a new frame needs no code. `UPDATE_FRAMES=1` writes the readings anew, to be read by
// a person before they are believed.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Decoded, Mapping } from '#lib/server/ingest/decode/decoded.ts';
import { decodeEnvelope } from '#lib/server/ingest/decode/envelope.ts';
import { decodeHj212 } from '#lib/server/ingest/decode/hj212.ts';
import { decodeJt808 } from '#lib/server/ingest/decode/jt808.ts';
import { readJt808 } from '#lib/server/ingest/decode/jt808-frame.ts';

const ROOT = join(import.meta.dirname, 'frames');
const receivedAt = '2026-11-20T00:00:05.000Z';
/** One station that sends nanograms, as a bureau would enter it; everybody else as the standards say. */
const mapping: Mapping = {
	deviceOf: (id) => id,
	settingsOf: (id) => (id === 'NG-STATION' ? { unitFactors: { pm25: 0.001, pm10: 0.001, tsp: 0.001 } } : {}),
};

type Read = (text: string, name: string) => Decoded & { reply?: Uint8Array | string };
const READ: Record<string, Read> = {
	hj212: (text) => decodeHj212(Buffer.from(text, 'latin1'), { receivedAt, mapping }),
	jt808(text) {
		const frame = readJt808(Buffer.from(text.replace(/\s/g, ''), 'hex').subarray(1, -1));
		return 'reason' in frame ? { readings: [], dead: frame } : decodeJt808(frame, { receivedAt, mapping });
	},
	platform: (text, name) =>
		decodeEnvelope(Buffer.from(text), { kind: name.slice(0, name.indexOf('-')), receivedAt, mapping }),
};

/** As it is written down: stills by their length, answers as text or hex. */
function written({ reply, stills, ...rest }: ReturnType<Read>): unknown {
	return JSON.parse(
		JSON.stringify({
			...rest,
			...(stills && { stills: stills.map(({ bytes, ...still }) => ({ ...still, bytes: bytes.length })) }),
			...(reply !== undefined && {
				reply: typeof reply === 'string' ? reply : Buffer.from(reply).toString('hex').toUpperCase(),
			}),
		}),
	) as unknown;
}

describe.each(readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory()))(
	'$name',
	({ name }) => {
		const folder = join(ROOT, name);
		const frames = readdirSync(folder).filter((file) => file.endsWith('.frame'));
		test.each(frames)('%s is read as what stands beside it', (file) => {
			const beside = join(folder, file.replace(/\.frame$/, '.json'));
			const read = written(READ[name]!(readFileSync(join(folder, file), name === 'hj212' ? 'latin1' : 'utf8'), file));
			if (process.env.UPDATE_FRAMES || !existsSync(beside))
				writeFileSync(beside, `${JSON.stringify(read, null, '\t')}\n`);
			expect(read).toEqual(JSON.parse(readFileSync(beside, 'utf8')));
		});
	},
);
