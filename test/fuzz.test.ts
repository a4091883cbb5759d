// Whatever bytes come: no decoder throws, hangs or holds on to memory, and nothing leaves it that could not be stored.
// Short here; for a minute each in the nightly run.

import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Reading } from '#lib/contract/telemetry.ts';
import * as v from 'valibot';
import { PLAIN, type Decoded } from '#lib/server/ingest/decode/decoded.ts';
import { decodeEnvelope } from '#lib/server/ingest/decode/envelope.ts';
import { decodeHj212 } from '#lib/server/ingest/decode/hj212.ts';
import { cutHj212 } from '#lib/server/ingest/decode/hj212-stream.ts';
import { hj212Checksum } from '#lib/domain/device/hj212-checksum.ts';
import { decodeJt808 } from '#lib/server/ingest/decode/jt808.ts';
import { cutJt808, readJt808, writeJt808 } from '#lib/server/ingest/decode/jt808-frame.ts';
import { Parts } from '#lib/server/ingest/decode/jt808-parts.ts';
import { itemsOf } from '#lib/server/ingest/body.ts';
import { Fault } from '#lib/server/errors.ts';

const SECONDS = process.env.NIGHTLY ? 60 : 3;
const receivedAt = '2026-11-20T00:00:05.000Z';
const context = { receivedAt, mapping: PLAIN };
/** One decoding of bytes this short must never take so long that others wait. */
const SLOW_MS = 500;
const MEMORY_BYTES = 200 * 1024 * 1024;

const captured = (folder: string, as: 'hex' | 'latin1') =>
	readdirSync(join(import.meta.dirname, 'frames', folder))
		.filter((file) => file.endsWith('.frame'))
		.map((file) => readFileSync(join(import.meta.dirname, 'frames', folder, file), 'latin1'))
		.map((text) => Buffer.from(as === 'hex' ? text.replace(/\s/g, '') : text, as));

/** Real frames with bytes changed, taken out, put in or doubled; and bytes out of nothing. */
function spoilt(frames: readonly Buffer[]): fc.Arbitrary<Uint8Array> {
	const change = fc.record({
		at: fc.double({ min: 0, max: 1, noNaN: true }),
		drop: fc.nat(6),
		put: fc.uint8Array({ maxLength: 6 }),
	});
	const mutated = fc.tuple(fc.constantFrom(...frames), fc.array(change, { maxLength: 5 })).map(([frame, changes]) => {
		let bytes: Buffer = frame;
		for (const { at, drop, put } of changes) {
			const from = Math.floor(at * bytes.length);
			bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + drop)]);
		}
		return bytes as Uint8Array;
	});
	return fc.oneof({ weight: 5, arbitrary: mutated }, fc.uint8Array({ maxLength: 400 }));
}

function fuzz<T>(arbitrary: fc.Arbitrary<T>, feed: (input: T) => void): void {
	const before = process.memoryUsage().rss;
	let runs = 0;
	fc.assert(
		fc.property(arbitrary, (input) => {
			const began = performance.now();
			feed(input);
			runs++;
			expect(performance.now() - began).toBeLessThan(SLOW_MS * 20);
		}),
		{ numRuns: 1e7, interruptAfterTimeLimit: SECONDS * 1000, markInterruptAsFailure: false },
	);
	expect(runs).toBeGreaterThan(100);
	expect(process.memoryUsage().rss - before).toBeLessThan(MEMORY_BYTES);
}

/** What a decoder lets through is a reading by the contract, or would be refused by it in words. */
function storable({ readings, dead }: Decoded): void {
	for (const reading of readings) {
		const { success } = v.safeParse(Reading, reading);
		expect(success || typeof reading === 'object').toBe(true);
		if (success) expect(reading.values).toBeTypeOf('object');
	}
	if (dead) expect(dead.detail.length).toBeGreaterThan(0);
}

describe('fuzzing', { timeout: 120_000 }, () => {
	test('HJ 212: frames', () => {
		fuzz(spoilt(captured('hj212', 'latin1')), (bytes) => storable(decodeHj212(bytes, context)));
	});

	test('HJ 212: segments with a right checksum around anything', () => {
		const text = fc.oneof(fc.string(), fc.stringMatching(/^[\w;=,&.-]{0,80}$/));
		fuzz(text, (inner) => {
			const segment = `ST=22;CN=2011;MN=X;CP=&&DataTime=20261120080000;${inner}&&`.slice(0, 1000);
			const frame = `##${String(segment.length).padStart(4, '0')}${segment}${hj212Checksum(segment)}`;
			storable(decodeHj212(Buffer.from(frame, 'latin1'), context));
		});
	});

	test('HJ 212: a stream is cut the same however it is split', () => {
		const frames = captured('hj212', 'latin1').filter((frame) => cutHj212(frame, 65_536).frames.length === 1);
		const stream = fc.array(fc.constantFrom(...frames), { maxLength: 4 }).map((list) => Buffer.concat(list));
		fuzz(fc.tuple(stream, fc.array(fc.nat(2000), { maxLength: 5 })), ([bytes, cuts]) => {
			const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
			let rest: Uint8Array = new Uint8Array(0);
			let count = 0;
			for (let i = 1; i < at.length; i++) {
				const cut = cutHj212(Buffer.concat([rest, bytes.subarray(at[i - 1], at[i])]), 65_536);
				rest = cut.rest;
				count += cut.frames.length;
			}
			expect(count).toBe(cutHj212(bytes, 65_536).frames.length);
		});
	});

	test('JT/T 808: frames, cut, put together and read', () => {
		const parts = new Parts({ groups: 8, withinMs: 60_000, bytes: 1_000_000 });
		fuzz(spoilt(captured('jt808', 'hex')), (bytes) => {
			for (const frame of cutJt808(bytes, 65_536).frames) {
				const read = readJt808(frame);
				const whole = 'reason' in read ? undefined : parts.add(read, frame, 0).whole;
				if (whole) storable(decodeJt808(whole.frame, context));
			}
		});
	});

	test('JT/T 808: any body in a right frame', () => {
		const ids = fc.constantFrom(0x0004, 0x0100, 0x0102, 0x0801, 0x0200, 0x0201, 0x0704, 0x0002, 0x0fff);
		fuzz(fc.tuple(ids, fc.boolean(), fc.uint8Array({ maxLength: 200 })), ([id, isV2019, body]) => {
			const bytes = writeJt808(id, { isV2019, phone: '13800000001', serial: 1 }, body);
			const frame = readJt808(bytes.subarray(1, -1));
			if ('reason' in frame) throw new Error(`${frame.detail}: what was written could not be read`);
			expect(Buffer.from(frame.body)).toEqual(Buffer.from(body));
			storable(decodeJt808(frame, context));
		});
	});

	test('JSON of platforms: spoilt text', () => {
		fuzz(spoilt(captured('platform', 'latin1')), (bytes) =>
			storable(decodeEnvelope(bytes, { ...context, kind: 'towerCrane', device: 'TC-1' })),
		);
	});

	test('JSON of platforms: any value in any field', () => {
		const kinds = ['towerCrane', 'hoist', 'pitPoint', 'aiCamera', 'hotWork', 'dust', 'gondola', 'nothing'];
		const names = ['deviceId', 'deviceTime', 'warning', 'profile', 'image', 'values', 'alarms', 'ts', 'action', 'x'];
		const frame = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 }));
		fuzz(fc.tuple(fc.constantFrom(...kinds), frame), ([kind, item]) =>
			storable(decodeEnvelope(Buffer.from(JSON.stringify(item)), { ...context, kind, device: 'TC-1' })),
		);
	});

	test('JSON of platforms: a picture that is no text is kept as it came', () => {
		const item = { deviceId: 'TC-1', deviceTime: '2026-11-20 08:00:00', windSpeed: 3, image: { toString: false } };
		const decoded = decodeEnvelope(Buffer.from(JSON.stringify(item)), {
			...context,
			kind: 'towerCrane',
			device: 'TC-1',
		});
		storable(decoded);
		expect(JSON.stringify(decoded)).toContain('{"toString":false}');
	});

	test('the HTTP door: bodies', () => {
		const body = Buffer.from(
			'{"readings":[{"device":"TC-1","at":"2026-11-20T08:00:00+08:00","seq":1,"values":{"windMs":4.8}}]}',
		);
		const type = fc.constantFrom('application/json', 'application/x-ndjson', undefined);
		fuzz(fc.tuple(spoilt([body]), type), ([bytes, contentType]) => {
			try {
				expect(itemsOf(Buffer.from(bytes), contentType, true)).toBeInstanceOf(Array);
			} catch (error) {
				expect(error).toBeInstanceOf(Fault);
			}
		});
	});
});
