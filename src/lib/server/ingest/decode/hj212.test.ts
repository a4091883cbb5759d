import { describe, expect, test, vi } from 'vitest';
import { hj212Checksum, isHj212Checksum } from '#lib/domain/device/hj212-checksum.ts';
import { PLAIN } from './decoded.ts';
import { decodeHj212 } from './hj212.ts';
import { cutHj212 } from './hj212-stream.ts';

// Counted: each goes through all bytes of a frame.
vi.mock('#lib/domain/device/hj212-checksum.ts', { spy: true });

const LONGEST = 65_536;
const framed = (segment: string) => `##${String(segment.length).padStart(4, '0')}${segment}${hj212Checksum(segment)}`;
const minute = (more: string, data: string, st = '22') =>
	framed(`QN=20261120080105001;ST=${st};CN=2051;PW=123456;MN=YC-1;Flag=7;${more}CP=&&${data}&&`);
const bytes = (...texts: string[]) => Buffer.from(texts.join(''), 'latin1');

describe('the parts of a split upload', () => {
	test('that leave out the time are of the time the first part told', () => {
		const context = { receivedAt: '2026-11-20T00:01:06.000Z', mapping: PLAIN, partTimes: new Map<string, string>() };
		const parts = [
			minute('PNUM=2;PNO=1;', 'DataTime=20261120080000;a34002-Avg=71.5,a34002-Flag=N'),
			minute('PNUM=2;PNO=2;', 'a34004-Avg=36.5,a34004-Flag=N'),
		].map((frame) => decodeHj212(bytes(frame), context).readings[0]!);
		expect(parts.map(({ at }) => at)).toEqual(['2026-11-20T08:00:00+08:00', '2026-11-20T08:00:00+08:00']);
		expect(parts[0]!.seq).not.toBe(parts[1]!.seq);
	});

	test('of another kind of station are not mixed with them', () => {
		const context = { receivedAt: '2026-11-20T00:01:06.000Z', mapping: PLAIN, partTimes: new Map<string, string>() };
		decodeHj212(bytes(minute('PNUM=2;PNO=1;', 'DataTime=20261120070000;a34002-Avg=1')), context);
		const noise = decodeHj212(bytes(minute('PNUM=2;PNO=2;', 'Leq-Data=50', '23')), context);
		expect(noise.readings[0]!.at).toBe('2026-11-20T08:01:05.001+08:00');
	});
});

test('dust and noise of one station at one moment are two readings, and two notes of one second too', () => {
	const context = { receivedAt: '2026-11-20T00:01:06.000Z', mapping: PLAIN };
	const note = (info: string) =>
		framed(`QN=20261120080105001;ST=22;CN=3020;MN=YC-1;Flag=4;CP=&&DataTime=20261120080000;${info}&&`);
	const seqs = [
		minute('', 'DataTime=20261120080000;a34002-Avg=1'),
		minute('', 'DataTime=20261120080000;Leq-Data=50', '23'),
		note('PolId=a34002;i12001-Info=1'),
		note('PolId=a34004;i12001-Info=1'),
	].map((frame) => decodeHj212(bytes(frame), context).readings[0]!.seq);
	expect(new Set(seqs).size).toBe(4);
});

describe('a stream is cut', () => {
	const good = minute('', 'DataTime=20261120080000;a34002-Avg=71.5');
	const texts = (list: Uint8Array[]) => list.map((frame) => Buffer.from(frame).toString('latin1'));

	test('so that a frame longer than it says is one frame, told as too long, and the next one is whole', () => {
		const short = good.replace(/^##\d{4}/, '##0050');
		const { frames, noise } = cutHj212(bytes(short, '\r\n', good, '\r\n'), LONGEST);
		expect(texts(frames)).toEqual([short, good]);
		expect(noise).toEqual([]);
		expect(decodeHj212(frames[0]!, { receivedAt: '', mapping: PLAIN }).dead).toMatchObject({ reason: 'bad-length' });
	});

	test('so that garbage between frames takes none of them along', () => {
		const { frames, noise } = cutHj212(bytes('\0\xff#', good, 'abc', good, '\r\n##12', good), LONGEST);
		expect(texts(frames)).toEqual([good, good, good]);
		expect(noise).toHaveLength(3);
	});

	test('with few checksums of long frames, also where every sixth byte begins one that announces ten thousand', () => {
		vi.mocked(isHj212Checksum).mockClear();
		const { frames } = cutHj212(bytes('##9998'.repeat(10_922)), LONGEST);
		expect(frames.length).toBeGreaterThan(5000);
		expect(vi.mocked(isHj212Checksum).mock.calls.length).toBeLessThanOrEqual(200);
	});
});
