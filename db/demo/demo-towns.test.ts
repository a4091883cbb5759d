import { existsSync, readFileSync } from 'node:fs';
import { area, intersect, featureCollection } from '@turf/turf';
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { describe, expect, test } from 'vitest';
import { buildDemoDistrict } from './demo-district.ts';
import { TODAY, water } from './district.fixture.ts';

// Surveyed town outlines, kept beside the checkout for tests only.
const file = new URL('../../../shared/data/geo/xiaoshan-towns25-2021plus-wgs84.geojson', import.meta.url);
const hasFile = existsSync(file);
if (!hasFile) console.warn(`Skipped: ${file.pathname} is missing.`);

describe('on towns it was not drawn for', () => {
	test.skipIf(!hasFile)(
		'the district still fits, every red line within its town',
		() => {
			const surveyed = JSON.parse(readFileSync(file, 'utf8')) as FeatureCollection<
				Polygon | MultiPolygon,
				{ name: string }
			>;
			const towns = {
				type: 'FeatureCollection' as const,
				features: surveyed.features.map((entry, index) => ({
					...entry,
					properties: { name: entry.properties.name, code: `330109${String(index + 1).padStart(3, '0')}` },
				})),
			};
			const district = buildDemoDistrict({ seed: 1, today: TODAY, towns, water });
			const byCode = new Map(
				towns.features.map((entry) => [entry.properties.code, entry as Feature<Polygon | MultiPolygon>]),
			);
			expect(district.site).toHaveLength(540);
			for (const site of district.site) {
				const redLine: Feature<MultiPolygon> = { type: 'Feature', properties: {}, geometry: site.boundary };
				const inside = intersect(featureCollection<Polygon | MultiPolygon>([redLine, byCode.get(site.town_code!)!]));
				expect(area(inside!) / area(redLine)).toBeCloseTo(1, 4);
			}
		},
		60_000,
	);
});
