import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readUsgs } from '#lib/domain/flood/usgs.ts';

const sample: unknown = JSON.parse(readFileSync('test/files/water/usgs-iv.json', 'utf8'));

describe('stages of the USGS', () => {
	test('feet above the gauge become metres, and discharge is no stage', () => {
		const read = readUsgs(sample);
		expect(new Set(read.map(({ station }) => station))).toEqual(new Set(['01491000', '01645000']));
		expect(read).toHaveLength(10);
		expect(read[0]).toEqual({
			station: '01491000',
			at: '2019-02-14T00:00:00.000-05:00',
			value: 1.975,
			periodS: 0,
		});
	});

	const series = (code: string, values: unknown) => ({
		value: {
			timeSeries: [
				{
					sourceInfo: { siteCode: [{ value: 'R1' }] },
					variable: { variableCode: [{ value: code }], noDataValue: -999999 },
					values: [{ value: values }],
				},
			],
		},
	});
	const at = (clock: string, value: string) => ({ value, dateTime: `2026-07-10T${clock}:00+08:00` });

	test('inches of rain become millimetres of the time since the value before', () => {
		const read = readUsgs(series('00045', [at('08:00', '0.10'), at('08:05', '0.20')]));
		expect(read.map(({ value, periodS }) => [value, periodS])).toEqual([
			[2.5, 300],
			[5.1, 300],
		]);
	});

	test('what stands for “no data”, and what is no number or no time, is left out', () => {
		const read = readUsgs(
			series('00065', [at('08:00', '-999999'), at('08:15', ''), at('08:30', 'Ice'), { value: '3', dateTime: 'noon' }]),
		);
		expect(read).toEqual([]);
	});

	test.each([null, [], {}, { value: { timeSeries: 'none' } }])('refuses what is no answer of the service', (root) => {
		expect(() => readUsgs(root)).toThrow(RangeError);
	});
});
