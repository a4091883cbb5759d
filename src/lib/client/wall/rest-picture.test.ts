import { describe, expect, test } from 'vitest';
import type { Level } from '#lib/domain/level.ts';
import { countLevels, townsToWatch } from './rest-picture.ts';

const site = (no: number, townCode: string | null, openMajorHazards = 0) => ({ no, townCode, openMajorHazards });
const levels = (given: Record<number, Level>) => (no: number) => given[no] ?? 'normal';
const TOWNS = [
	{ code: 'a', name: '城厢街道' },
	{ code: 'b', name: '北干街道' },
	{ code: 'c', name: '蜀山街道' },
];

describe('the resting picture of the wall', () => {
	test('counts every site once, also those of no town', () => {
		const counts = countLevels([site(1, 'a'), site(2, null), site(3, 'b')], levels({ 2: 'unknown', 3: 'danger' }));
		expect(counts).toEqual({ unknown: 1, off: 0, normal: 1, notice: 0, warning: 0, danger: 1 });
	});

	test.each([
		[
			'an alarm is graver than many major hazards',
			{ 1: 'danger' },
			[site(1, 'a'), site(2, 'b', 5)],
			['城厢街道', '北干街道'],
		],
		[
			'a major hazard is graver than many unknown sites',
			{ 2: 'unknown', 3: 'unknown' },
			[site(1, 'a', 1), site(2, 'b'), site(3, 'b')],
			['城厢街道', '北干街道'],
		],
		['a town of which all is known and well is not named', {}, [site(1, 'a'), site(2, 'b')], []],
	] as const)('%s', (_, given, sites, names) => {
		const towns = townsToWatch(TOWNS, [...sites], levels(given as Record<number, Level>), 5);
		expect(towns.map(({ name }) => name)).toEqual(names);
	});

	test('names no more towns than the wall has room for', () => {
		const sites = [site(1, 'a', 1), site(2, 'b', 2), site(3, 'c', 3)];
		expect(townsToWatch(TOWNS, sites, levels({}), 2).map(({ majors }) => majors)).toEqual([3, 2]);
	});
});
