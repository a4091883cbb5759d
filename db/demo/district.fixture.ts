// The base map's towns and water for tests, and the district built on them once.

import { readFileSync } from 'node:fs';
import { buildDemoDistrict } from './demo-district.ts';
import type { DemoTowns, DemoWater } from './land.ts';
import type { DemoDistrict } from './rows.ts';

const read = (file: string): unknown =>
	JSON.parse(readFileSync(new URL(`../../static/basemap/330109/${file}`, import.meta.url), 'utf8'));

export const TODAY = '2026-11-20';
export const towns = read('towns.geojson') as DemoTowns;
export const water = read('water.geojson') as DemoWater;

export function demoDistrict(seed: string | number = 1): DemoDistrict {
	return buildDemoDistrict({ seed, today: TODAY, towns, water });
}
