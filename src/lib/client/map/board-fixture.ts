// A small district for the tests of the map: two sites in two towns, with machines, a pit and its points.

import type { Board } from '#lib/contract/board.ts';
import { levelCode, type Level } from '#lib/domain/level.ts';
import { NO_VALUE, OBJECT_KINDS, type ObjectKind, type PictureColumns } from '#lib/domain/picture/columns.ts';

const rule = (value: number) => ({ value, unit: '', source: 'test', confidence: 'assumed' as const });
const limits = { red: rule(9), orange: rule(6), yellow: rule(4) };
const points = {
	hazard: rule(1),
	majorHazard: rule(8),
	high: rule(4),
	medium: rule(2),
	low: rule(1),
	ungraded: rule(2),
};

type LngLat = [number, number];
const square = ([lng, lat]: LngLat, half: number): LngLat[] => [
	[lng - half, lat - half],
	[lng + half, lat - half],
	[lng + half, lat + half],
	[lng - half, lat + half],
	[lng - half, lat - half],
];
const area = (at: LngLat, half: number) => ({ type: 'MultiPolygon' as const, coordinates: [[square(at, half)]] });
const point = (at: LngLat) => ({ type: 'Point' as const, coordinates: at });
const feature = <G, P>(geometry: G, properties: P) => ({ type: 'Feature' as const, geometry, properties });
const collection = <F>(features: F[]) => ({ type: 'FeatureCollection' as const, features });

export const WEST: LngLat = [120.2, 30.1];
export const EAST: LngLat = [120.4, 30.2];

const site = (no: number, at: LngLat, townCode: string, state: 'active' | 'stopped') => ({
	...{ no, id: `site-${no}`, name: `工地${no}`, pinyin: '', permitNo: null, townCode, gridCode: null, state },
	...{
		stage: 'structure',
		floorAreaM2: 10_000 * no,
		riskGrade: null,
		sign: null,
		contractor: null,
		owner: null,
		siteEngineer: null,
		firmPinyin: '',
	},
	...{ openHazards: 2, openMajorHazards: 0, at },
});
const machine = (no: number, siteNo: number, kind: 'towerCrane' | 'hoist') => ({
	...{ no, id: `machine-${no}`, siteId: `site-${siteNo}`, kind, siteNo: `${no}#`, propertyRecordNo: null },
	...{ deviceId: `d${no}`, jibRadiusM: kind === 'towerCrane' ? 60 : null, heightM: 100 },
	...{ ageGrade: 'green' as const, expectedIntervalS: 30 },
});

export function aBoard(): Board {
	return {
		version: '1',
		isDemo: true,
		presence: { lateAfter: rule(2), offlineAfter: rule(10) },
		riskCells: { resolution: rule(7), minimumSites: rule(3), points, limits: { absolute: limits, perSite: limits } },
		district: { code: '330109', name: '萧山区', nameEn: 'Xiaoshan', bounds: [120, 30, 120.6, 30.3] },
		sites: collection([
			feature(area(WEST, 0.001), site(1, WEST, '330109001', 'active')),
			feature(point(EAST), site(2, EAST, '330109002', 'stopped')),
		]),
		siteDevices: [],
		machines: collection([
			feature(point([120.2001, 30.1001]), machine(11, 1, 'towerCrane')),
			feature(point([120.2002, 30.1002]), machine(12, 1, 'hoist')),
			feature(point(EAST), machine(13, 2, 'towerCrane')),
		]),
		pits: collection([
			feature(area(WEST, 0.0004), {
				...{ no: 21, id: 'pit-21', siteId: 'site-1', name: '1# 基坑', depthM: 12, dugM: 4 },
				...{ stage: 'digging' as const, grade: 'I' as const },
			}),
		]),
		points: collection([
			feature(point(WEST), {
				...{ no: 31, id: 'point-31', siteId: 'site-1', kind: 'monitorPoint' as const, name: 'CX-01' },
				...{ deviceId: 'd31', expectedIntervalS: 600, pitId: 'pit-21' },
			}),
		]),
		towns: collection([
			feature(area(WEST, 0.1), { code: '330109001', name: '西镇', nameEn: null, siteCount: 1, note: null }),
		]),
		grids: collection([]),
	};
}

const KINDS: [no: number, kind: ObjectKind, at: LngLat][] = [
	[1, 'site', WEST],
	[11, 'towerCrane', [120.2001, 30.1001]],
	[12, 'hoist', [120.2002, 30.1002]],
	[21, 'pit', WEST],
	[31, 'monitorPoint', WEST],
	[2, 'site', EAST],
	[13, 'towerCrane', EAST],
];

/** @param levels - by register number; the others are normal */
export function aPicture(levels: Record<number, Level> = {}): PictureColumns {
	const count = KINDS.length;
	return {
		count,
		cursor: 1,
		takenAt: Date.parse('2026-11-20T00:00:00Z'),
		no: Uint32Array.from(KINDS, ([no]) => no),
		kind: Uint8Array.from(KINDS, ([, kind]) => OBJECT_KINDS.indexOf(kind)),
		level: Uint8Array.from(KINDS, ([no]) => levelCode(levels[no] ?? 'normal')),
		positions: Float64Array.from(KINDS.flatMap(([, , at]) => at)),
		slew: Uint16Array.from(KINDS, ([, kind]) => (kind === 'towerCrane' ? 900 : NO_VALUE)),
		load: new Uint16Array(count).fill(NO_VALUE),
		wind: new Uint16Array(count).fill(NO_VALUE),
		age: new Uint16Array(count),
	};
}
