import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEVELS } from '../level.ts';
import { NO_VALUE, OBJECT_KINDS, type PictureColumns } from './columns.ts';
import { decodePicture } from './decode.ts';
import { decodeDelta, encodeDelta, type PictureDelta } from './delta.ts';
import { encodePicture } from './encode.ts';
import { VERSION } from './layout.ts';

const u16 = fc.integer({ min: 0, max: NO_VALUE });
const degrees = (limit: number) => fc.integer({ min: -limit * 1e6, max: limit * 1e6 }).map((steps) => steps / 1e6 + 0);
const row = fc.record({
	no: fc.integer({ min: 0, max: 0xffffffff }),
	kind: fc.nat(OBJECT_KINDS.length - 1),
	level: fc.nat(LEVELS.length - 1),
	lng: degrees(180),
	lat: degrees(90),
	slew: u16,
	load: u16,
	wind: u16,
	age: u16,
});
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;
const moment = fc.record({ cursor: fc.maxSafeNat(), takenAt: fc.integer({ min: 0, max: 8.64e15 }) });

function pictureOf(rows: readonly Row[], { cursor, takenAt }: { cursor: number; takenAt: number }): PictureColumns {
	return {
		count: rows.length,
		cursor,
		takenAt,
		no: Uint32Array.from(rows, (r) => r.no),
		kind: Uint8Array.from(rows, (r) => r.kind),
		level: Uint8Array.from(rows, (r) => r.level),
		positions: Float64Array.from(rows.flatMap((r) => [r.lng, r.lat])),
		slew: Uint16Array.from(rows, (r) => r.slew),
		load: Uint16Array.from(rows, (r) => r.load),
		wind: Uint16Array.from(rows, (r) => r.wind),
		age: Uint16Array.from(rows, (r) => r.age),
	};
}

function deltaOf(rows: readonly Row[], when: { cursor: number; takenAt: number }, hasMoved: boolean): PictureDelta {
	const sorted = [...rows].sort((a, b) => a.no - b.no);
	const picture = pictureOf(sorted, when);
	return { ...picture, kind: new Uint8Array(0), positions: hasMoved ? picture.positions : new Float64Array(0) };
}

const one: Row = { no: 7, kind: 1, level: 2, lng: 120.264512, lat: 30.183001, slew: 3599, load: 921, wind: 98, age: 4 };
const at = { cursor: 41, takenAt: Date.parse('2026-11-20T08:00:00Z') };

describe('a picture', () => {
	test('comes back from its bytes exactly as it went in', () => {
		fc.assert(
			fc.property(fc.array(row, { maxLength: 40 }), moment, (rows, when) => {
				const picture = pictureOf(rows, when);
				expect(decodePicture(encodePicture(picture))).toEqual(picture);
			}),
		);
	});

	test('is read from the middle of a larger buffer as well', () => {
		const bytes = encodePicture(pictureOf([one], at));
		const buffer = new Uint8Array(bytes.length + 11);
		buffer.set(bytes, 5);
		expect(decodePicture(buffer.subarray(5, 5 + bytes.length)).no).toEqual(Uint32Array.of(7));
	});

	test('keeps positions to the sixth decimal', () => {
		const picture = pictureOf([{ ...one, lng: 120.26451249, lat: -30.18300051 }], at);
		expect([...decodePicture(encodePicture(picture)).positions]).toEqual([120.264512, -30.183001]);
	});

	test('is refused when any number of bytes is missing or too many', () => {
		const bytes = encodePicture(pictureOf([one, { ...one, no: 8 }], at));
		fc.assert(
			fc.property(fc.nat(bytes.length - 1), (length) => {
				expect(() => decodePicture(bytes.subarray(0, length))).toThrow(RangeError);
			}),
		);
		expect(() => decodePicture(Uint8Array.of(...bytes, 0))).toThrow(/Too long/);
	});

	test('is refused when the bytes are somebody else’s', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				expect(() => decodePicture(bytes)).toThrow(RangeError);
			}),
		);
		expect(() => decodePicture(encodeDelta(deltaOf([one], at, false)))).toThrow(/of this kind/);
	});

	test('of another version says so', () => {
		const bytes = encodePicture(pictureOf([one], at));
		bytes[4] = VERSION + 1;
		expect(() => decodePicture(bytes)).toThrow(/version 2; this reads version 1/);
	});

	test('with a level or a kind this version does not know is refused', () => {
		const bytes = encodePicture(pictureOf([one], at));
		for (const place of [36, 37]) {
			const changed = bytes.slice();
			changed[place] = 200;
			expect(() => decodePicture(changed)).toThrow(/this version knows/);
		}
	});

	test.each([
		['a longitude off the globe', { ...one, lng: 181 }],
		['a latitude off the globe', { ...one, lat: -90.1 }],
		['a position that is no number', { ...one, lng: NaN }],
	])('with %s is not written', (_, bad) => {
		expect(() => encodePicture(pictureOf([bad], at))).toThrow(RangeError);
	});

	test('with columns of unequal length is not written', () => {
		const picture = pictureOf([one], at);
		expect(() => encodePicture({ ...picture, wind: new Uint16Array(2) })).toThrow(/Column wind has 2/);
	});
});

describe('a delta', () => {
	const rows = fc.uniqueArray(row, { maxLength: 40, selector: (r) => r.no });

	test('comes back from its bytes exactly as it went in, moved or not', () => {
		fc.assert(
			fc.property(rows, moment, fc.boolean(), (changed, when, hasMoved) => {
				const delta = deltaOf(changed, when, hasMoved);
				expect(decodeDelta(encodeDelta(delta))).toEqual(delta);
			}),
		);
	});

	test('is refused when cut anywhere', () => {
		const bytes = encodeDelta(deltaOf([one, { ...one, no: 900 }], at, true));
		for (let length = 0; length < bytes.length; length++)
			expect(() => decodeDelta(bytes.subarray(0, length))).toThrow(RangeError);
	});

	test('is refused when its numbers run on without end', () => {
		const bytes = encodeDelta(deltaOf([one, { ...one, no: 900 }], at, false));
		bytes.fill(0xff, 32, 35);
		expect(() => decodeDelta(bytes)).toThrow(RangeError);
	});

	test('needs its numbers ascending', () => {
		const delta = deltaOf([one, { ...one, no: 9 }], at, false);
		delta.no.reverse();
		expect(() => encodeDelta(delta)).toThrow(/needs them ascending/);
	});

	test('needs positions for all of its objects or for none', () => {
		const delta = deltaOf([one, { ...one, no: 9 }], at, true);
		expect(() => encodeDelta({ ...delta, positions: delta.positions.slice(2) })).toThrow(/none or 4/);
	});
});
