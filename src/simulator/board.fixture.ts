// A small district for tests: some sites with cranes, hoists and a pit.

import type { DemoBoard } from './district.ts';

/** @param cranes - per site; hoists are as many */
export function smallBoard(sites: number, cranes: number): DemoBoard {
	const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
	const at = (site: number): [number, number] => [120.2 + (site % 20) * 0.012, 30.1 + Math.floor(site / 20) * 0.012];
	const four = (value: number) => String(value).padStart(4, '0');
	const machine = (site: number, index: number, kind: 'towerCrane' | 'hoist') => ({
		type: 'Feature' as const,
		geometry: { type: 'Point' as const, coordinates: at(site) },
		properties: {
			no: 10_000 + site * 100 + index,
			id: `${kind}-${site}-${index}`,
			siteId: `site-${site}`,
			kind,
			siteNo: `${index + 1}#`,
			propertyRecordNo: null,
			deviceId: `${kind === 'hoist' ? 'SC' : 'TC'}-${four(site * cranes + index + 1)}`,
			jibRadiusM: kind === 'hoist' ? null : 55,
			heightM: 60,
			ageGrade: 'green' as const,
			expectedIntervalS: 60,
		},
	});
	return {
		sites: {
			type: 'FeatureCollection',
			features: numbers(sites).map((site) => ({
				type: 'Feature',
				geometry: { type: 'Point', coordinates: at(site) },
				properties: {
					no: site + 1,
					id: `site-${site}`,
					name: `工地${site}`,
					pinyin: '',
					permitNo: `3301092026010${four(site)}1`,
					townCode: null,
					gridCode: null,
					stage: 'structure',
					state: 'active',
					floorAreaM2: null,
					riskGrade: null,
					sign: null,
					contractor: null,
					owner: null,
					siteEngineer: null,
					firmPinyin: '',
					openHazards: 0,
					openMajorHazards: 0,
					at: at(site),
				},
			})),
		},
		machines: {
			type: 'FeatureCollection',
			features: numbers(sites).flatMap((site) =>
				numbers(cranes).flatMap((index) => [machine(site, index, 'towerCrane'), machine(site, index, 'hoist')]),
			),
		},
		siteDevices: numbers(Math.min(sites, 4)).flatMap((site) => [
			{ id: `HJ-${four(site + 1)}`, kind: 'hotWork' as const, siteId: `site-${site}` },
			{ id: `AI-${four(site + 1)}`, kind: 'camera' as const, siteId: `site-${site}` },
		]),
		points: {
			type: 'FeatureCollection',
			features: ['S01', 'S02', 'SW01', 'ZL01', 'CX01'].map((name, index) => ({
				type: 'Feature',
				geometry: { type: 'Point', coordinates: at(0) },
				properties: {
					no: 90_000 + index,
					id: `point-${index}`,
					siteId: 'site-0',
					kind: 'monitorPoint',
					name,
					deviceId: `JK-${four(index + 1)}`,
					expectedIntervalS: 300,
					pitId: 'pit-0',
				},
			})),
		},
	};
}
