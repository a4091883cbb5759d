import { describe, expect, test } from 'vitest';
import { DEFAULT_LAYERS } from '../view-url.ts';
import { floodPageLayers, ledgerBand, ledgerBands, wallLayers } from './flood-view.ts';

describe('what comes onto a map with the flood', () => {
	test('on the page the state of the measures, in calm weather the exposure', () => {
		expect(floodPageLayers(true)).toContain('measures');
		expect(floodPageLayers(true)).not.toContain('exposure');
		expect(floodPageLayers(false)).toContain('exposure');
		for (const isOn of [true, false]) expect(floodPageLayers(isOn)).toEqual(expect.arrayContaining(['rain', 'water']));
	});

	test('on a wall it comes and goes by itself, and what was there before stays', () => {
		const before = new Set(DEFAULT_LAYERS);
		const during = wallLayers(before, true);
		for (const layer of [...before, 'rain', 'water', 'measures'] as const) expect(during).toContain(layer);
		expect([...wallLayers(during, false)].sort()).toEqual(
			[...before].filter((layer) => !['rain', 'water', 'measures'].includes(layer)).sort(),
		);
		expect(wallLayers(during, true)).toEqual(during);
	});
});

describe('a ledger on the map', () => {
	test.each([
		['is blue only when nothing is missing', 0, 'blue'],
		['is yellow with the first thing missing', 0.01, 'yellow'],
		['is still yellow just below a quarter', 0.2499, 'yellow'],
		['is orange from a quarter', 0.25, 'orange'],
		['is red from half', 0.5, 'red'],
		['is red when there is none at all', 1, 'red'],
	] as const)('%s', (_, gap, band) => {
		expect(ledgerBand(gap)).toBe(band);
	});

	test('is drawn for every site by its number', () => {
		const ledger = [
			{ no: 7, gap: 0 },
			{ no: 9, gap: 0.6 },
		];
		expect([...ledgerBands(ledger)]).toEqual([
			[7, 'blue'],
			[9, 'red'],
		]);
	});
});
