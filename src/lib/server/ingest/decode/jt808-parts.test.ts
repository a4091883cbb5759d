import { describe, expect, test } from 'vitest';
import { redecode } from '../redecode.ts';
import { PLAIN } from './decoded.ts';
import { readJt808, type Jt808Frame } from './jt808-frame.ts';
import { Parts } from './jt808-parts.ts';

const POSITION = Buffer.from('00000000000000030158B91B06CB7061000C007D005A261120080000', 'hex');
const BATCH = Buffer.concat([
	Buffer.from('0002010023', 'hex'),
	...[POSITION, Buffer.from('E4057E7D7E7D7E', 'hex'), Buffer.from('001C', 'hex'), POSITION],
]);

/** One part of a batch, between its marks. */
function part(no: number, of: number, body: Buffer, firstSerial = 40): Uint8Array {
	const head = Buffer.from('0704000001380000000100000000', 'hex').subarray(0, 10);
	head.writeUInt16BE(0x2000 | body.length, 2);
	const numbers = Buffer.alloc(6);
	numbers.writeUInt16BE(firstSerial + no - 1, 0);
	numbers.writeUInt16BE(of, 2);
	numbers.writeUInt16BE(no, 4);
	const bytes = Buffer.concat([head, numbers, body]);
	const check = bytes.reduce((sum, byte) => sum ^ byte, 0);
	return Uint8Array.from(
		[...bytes, check].flatMap((byte) => (byte === 0x7e ? [0x7d, 2] : byte === 0x7d ? [0x7d, 1] : [byte])),
	);
}
const frameOf = (bytes: Uint8Array) => readJt808(bytes) as Jt808Frame;
const parts = () => new Parts({ groups: 2, withinMs: 60_000, bytes: 2000 });
const [first, second] = [part(1, 2, BATCH.subarray(0, 20)), part(2, 2, BATCH.subarray(20))];

describe('a message in sub-packets', () => {
	test('is whole with its last part, whatever came first, and is answered under each number', () => {
		const joined = parts();
		expect(joined.add(frameOf(second), second, 0).whole).toBeUndefined();
		const { whole } = joined.add(frameOf(first), first, 0);
		expect(Buffer.from(whole!.frame.body)).toEqual(BATCH);
		expect(whole!.serials).toEqual([40, 41]);
	});

	test('can be read again from the bytes of all its frames, once a mapping was put right', () => {
		const joined = parts();
		joined.add(frameOf(first), first, 0);
		const { raw } = joined.add(frameOf(second), second, 0).whole!;
		const mapping = { deviceOf: () => 'HELMET-1', settingsOf: () => ({}) };
		const letter = { protocol: 'jt808', source: '', raw, at: new Date('2026-11-20T00:00:05Z') };
		const { readings } = redecode(letter, { of: () => mapping, refresh: () => Promise.resolve() });
		expect(readings.map(({ device, at }) => [device, at])).toEqual([
			['HELMET-1', '2026-11-20T08:00:00+08:00'],
			['HELMET-1', '2026-11-20T08:00:00+08:00'],
		]);
	});

	test('of which the last came and others did not names those that are missing', () => {
		const joined = parts();
		const [a, c] = [part(1, 3, Buffer.alloc(4)), part(3, 3, Buffer.alloc(4))];
		joined.add(frameOf(a), a, 0);
		expect(joined.add(frameOf(c), c, 0).missing).toEqual({ firstSerial: 40, numbers: [2] });
	});

	test.each([
		['that waits too long', (joined: Parts) => joined.add(frameOf(part(1, 2, Buffer.of(1), 90)), first, 61_000).lost],
		['when the line ends', (joined: Parts) => joined.end()],
	])('%s is given back with its bytes and what is missing', (_, after) => {
		const joined = parts();
		joined.add(frameOf(first), first, 0);
		const [lost] = after(joined);
		expect(lost!.dead).toMatchObject({ reason: 'bad-length', externalId: '13800000001' });
		expect(lost!.dead.detail).toContain('1 of 2');
		expect(lost!.raw).toEqual(Uint8Array.from([0x7e, ...first, 0x7e]));
	});

	test('whose number cannot be is given back, not swallowed', () => {
		for (const [no, of] of [
			[0, 2],
			[3, 2],
			[1, 0],
		] as const) {
			const bytes = part(no, of, Buffer.of(1));
			expect(parts().add(frameOf(bytes), bytes, 0).lost[0]!.dead.reason).toBe('bad-frame');
		}
	});

	test('is told as incomplete when one part alone is tried again', () => {
		const letter = { protocol: 'jt808', source: '', raw: part(2, 2, BATCH), at: new Date(0) };
		const { dead } = redecode(letter, { of: () => PLAIN, refresh: () => Promise.resolve() });
		expect(dead?.detail).toContain('1 of 2');
	});
});
