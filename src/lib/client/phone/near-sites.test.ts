import { expect, test } from 'vitest';
import { moved, type LngLat } from '#lib/domain/geo.ts';
import { nearSites } from './near-sites.ts';

const HERE: LngLat = [120.25, 30.15];
const known = [
	['二百米外', 200],
	['九十米外', 90],
	['脚下', 5],
	['恰在百米', 100],
].map(([name, meters]) => ({ id: String(name), name: String(name), at: moved(HERE, 90, Number(meters) - 0.001) }));

test('a new site is looked up among the known within 100 m, nearest first, without a network', () => {
	expect(nearSites({ known, nearSiteM: 100 }, HERE).map(({ name }) => name)).toEqual(['脚下', '九十米外', '恰在百米']);
});

test('nothing near is nothing, and a phone without sites does not guess', () => {
	expect(nearSites({ known, nearSiteM: 100 }, moved(HERE, 0, 5000))).toEqual([]);
	expect(nearSites({ known: [], nearSiteM: 100 }, HERE)).toEqual([]);
});
