import { describe, expect, test } from 'vitest';
import type { CellRules } from './cells.ts';
import { townBands, type RiskySiteInTown } from './towns.ts';

const points = (value: number) => ({ value, unit: '', source: 'test', confidence: 'assumed' as const });
const limits = { red: points(10), orange: points(6), yellow: points(3) };
const rules: CellRules = {
	resolution: points(7),
	minimumSites: points(3),
	points: {
		hazard: points(1),
		majorHazard: points(20),
		high: points(5),
		medium: points(2),
		low: points(0),
		ungraded: points(2),
	},
	limits: { absolute: limits, perSite: limits },
};

let no = 0;
const aSite = (townCode: string | null, more: Partial<RiskySiteInTown> = {}): RiskySiteInTown => ({
	no: ++no,
	at: [120.2, 30.1],
	townCode,
	openHazards: 0,
	openMajorHazards: 0,
	riskGrade: 'low',
	...more,
});
const times = (count: number, make: () => RiskySiteInTown) => Array.from({ length: count }, make);

describe('towns in bands', () => {
	test('a town is judged per site, so that many calm sites do not make it grave', () => {
		const many = times(30, () => aSite('330109001', { openHazards: 1 }));
		const few = times(3, () => aSite('330109002', { openHazards: 7 }));
		expect(townBands([...many, ...few], rules).map(({ code, band }) => [code, band])).toEqual([
			['330109002', 'orange'],
			['330109001', 'blue'],
		]);
	});

	test('a town with fewer sites than the minimum is not judged and stands last', () => {
		const towns = townBands(
			[...times(2, () => aSite('330109001', { openHazards: 50 })), ...times(3, () => aSite('330109002'))],
			rules,
		);
		expect(towns.map(({ code, band }) => [code, band])).toEqual([
			['330109002', 'blue'],
			['330109001', 'insufficient'],
		]);
	});

	test('towns of one band stand in the order of their codes, not of their points', () => {
		const towns = townBands(
			[
				...times(3, () => aSite('330109003', { openHazards: 5 })),
				...times(3, () => aSite('330109001', { openHazards: 4 })),
			],
			rules,
		);
		expect(towns.map(({ code }) => code)).toEqual(['330109001', '330109003']);
	});

	test('names the three sites that weigh most', () => {
		const sites = [1, 9, 4, 7].map((openHazards) => aSite('330109001', { openHazards }));
		expect(townBands(sites, rules)[0]?.behind).toEqual([sites[1]!.no, sites[3]!.no, sites[2]!.no]);
	});

	test('a site in no town is left out', () => {
		expect(townBands([aSite(null)], rules)).toEqual([]);
	});
});
