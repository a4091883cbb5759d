import { describe, expect, test } from 'vitest';
import { deviceRules } from '../../../../db/rules/device.ts';
import { Flats } from './flats.ts';
import { judgeable, QualityCheck } from './quality.ts';

const check = new QualityCheck(deviceRules.quality);
const at = Date.UTC(2026, 10, 20);
const of = (values: Record<string, unknown>, receivedMs = at) =>
	check.qualitiesOf(values, null, new Flats(check.neverFlat), at, receivedMs);

describe('a value', () => {
	test.each([
		['that can be true has no quality', { windMs: 4 }, null],
		['beyond what wind can be is out of range', { windMs: 76 }, { windMs: 'outOfRange' }],
		['on the edge of what wind can be is still believed', { windMs: 75 }, null],
		['that is text where a number belongs is invalid', { windMs: 'NaN' }, { windMs: 'invalid' }],
		['of a quantity nobody knows is not looked at', { a34099: -1e9 }, null],
	])('%s', (_, values, expected) => {
		expect(of(values)).toEqual(expected);
	});

	test('measured more than a month before it arrived is old, as a whole reading', () => {
		expect(of({ windMs: 4 }, at + 30 * 86_400_000)).toBeNull();
		expect(of({ windMs: 4 }, at + 30 * 86_400_000 + 1)).toEqual({ '*': 'old' });
	});

	test('that does not move for longer than wind ever rests is flat-lined, and one that moves is not', () => {
		const flats = new Flats(check.neverFlat);
		const after = (hours: number, windMs: number) =>
			check.qualitiesOf({ windMs }, null, flats, at + hours * 3_600_000, at + hours * 3_600_000);
		expect(after(0, 4.2)).toBeNull();
		expect(after(12, 4.2)).toBeNull();
		expect(after(12.01, 4.2)).toEqual({ windMs: 'flatLined' });
		expect(after(12.02, 4.3)).toBeNull();
		expect(after(13, 4.3)).toBeNull();
	});

	test('that the device itself flags keeps its flag', () => {
		expect(check.qualitiesOf({ pm10: 40 }, { pm10: 'flagged' }, null, at, at)).toEqual({ pm10: 'flagged' });
	});

	test('with a quality is no number to judge, and the others are', () => {
		expect(judgeable({ windMs: 76, momentPercent: 40 }, { windMs: 'outOfRange' })).toEqual({
			windMs: NaN,
			momentPercent: 40,
		});
	});
});
