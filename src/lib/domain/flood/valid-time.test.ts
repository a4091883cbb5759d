import { describe, expect, test } from 'vitest';
import { gridAt, validTimes, type TimedGrid, type TimedStation } from './valid-time.ts';

const at = (clock: string) => `2026-07-10T${clock}:00.000Z`;
const ms = (clock: string) => Date.parse(at(clock));
const grid = (clock: string, isForecast = false, periodS = 600): TimedGrid => ({
	...{ validAt: at(clock), isForecast, periodS },
});

describe('the field of rain for a moment', () => {
	const radar = [grid('10:00'), grid('10:10')];
	const forecast = [grid('10:10', true), grid('11:10', true, 3600)];

	test.each([
		['is the one nearest in time', radar, '10:04', radar[0]],
		['of two as near the measured one, not the forecast', [...forecast, ...radar], '10:10', radar[1]],
		['may lie its own period away, to the minute', radar, '10:20', radar[1]],
		['beyond that there is none', radar, '10:21', null],
		['ahead only a forecast has something', [...radar, ...forecast], '11:30', forecast[1]],
		['without grids there is none', [], '10:00', null],
	])('%s', (_, grids, clock, expected) => {
		expect(gridAt(grids, ms(clock))).toBe(expected);
	});
});

describe('what stations have for a moment', () => {
	const station = (kind: TimedStation['kind'], clock: string | null, isStale = false): TimedStation => ({
		...{ kind, observedAt: clock && at(clock), isStale: isStale || clock === null },
	});

	test('is told by kind, each with its own times', () => {
		expect(
			validTimes([
				station('rain', '10:00'),
				station('rain', '09:50'),
				station('rain', '02:00', true),
				station('river', '09:00'),
			]),
		).toEqual([
			{ kind: 'rain', all: 3, known: 2, from: at('09:50'), to: at('10:00') },
			{ kind: 'river', all: 1, known: 1, from: at('09:00'), to: at('09:00') },
		]);
	});

	test('a kind that has nothing says so: what is too old does not count as its time', () => {
		expect(validTimes([station('waterlogging', '01:00', true), station('waterlogging', null)])).toEqual([
			{ kind: 'waterlogging', all: 2, known: 0, from: null, to: null },
		]);
	});
});
