import { describe, expect, test } from 'vitest';
import type { DeviceCurve } from '#lib/contract/devices.ts';
import { curveParts } from './curve-parts.ts';

const at = (s: number) => new Date(Date.UTC(2026, 10, 20) + s * 1000).toISOString();
const zero = Date.UTC(2026, 10, 20) / 1000;
const step = (s: number, mean: number | null = 1, bad = 0) => ({ at: at(s), least: mean, greatest: mean, mean, bad });
const curve = (steps: DeviceCurve['steps'], toS = 60): DeviceCurve => ({
	...{ quantity: 'windMs', from: at(0), to: at(toS), stepS: 5, detail: 'raw', steps },
});
const seconds = (stretches: { fromS: number; toS: number }[]) =>
	stretches.map(({ fromS, toS }) => [fromS - zero, toS - zero]);

describe('a curve', () => {
	test('without a missing report has no gap', () => {
		const { gaps, columns } = curveParts(
			curve(
				[0, 5, 10, 15, 20].map((s) => step(s)),
				25,
			),
			5,
		);
		expect(gaps).toEqual([]);
		expect(columns[3]).toEqual([1, 1, 1, 1, 1]);
	});

	test('has a gap where more than two intervals passed, also at its ends, and no line across it', () => {
		const { gaps, columns } = curveParts(curve([step(20), step(40)]), 5);
		expect(seconds(gaps)).toEqual([
			[0, 20],
			[25, 40],
			[45, 60],
		]);
		expect(columns[3]).toEqual([null, 1, null, 1, null]);
	});

	test('of a device that reports rarely has no gap between its reports', () => {
		expect(curveParts(curve([step(0), step(30)]), 30).gaps).toEqual([]);
	});

	test('shows a report with holes on both sides as a point, since no line leads to it', () => {
		const { columns, lone } = curveParts(curve([step(20), step(40), step(45)]), 5);
		expect(lone.map((i) => columns[0][i]! - zero)).toEqual([20]);
		const only = curveParts(curve([step(20)]), 30);
		expect(only.lone.map((i) => only.columns[0][i]! - zero)).toEqual([20]);
	});

	test('tells where values were reported and cannot be believed', () => {
		const { bad } = curveParts(curve([step(0), step(5, null, 1), step(10, null, 2), step(15)], 20), 5);
		expect(seconds(bad)).toEqual([[5, 15]]);
	});
});
