// What the demonstration district has for the flood season: gauges, river stations, waterlogging points, surveys and
// ledgers of its sites. Invented; the same seed gives the same rows. Some sites nobody surveyed, some ledgers have gaps.

import { seeded } from '#lib/domain/random.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import { LEDGER_KINDS } from '#lib/domain/flood/ledger.ts';
import { dayAfter } from './calendar.ts';

export interface DemoFloodSite {
	id: string;
	at: LngLat;
	openPits: number;
	stage: string | null;
}

const RAIN: readonly [string, string, LngLat][] = [
	['YL-01', '北干雨量站（演示）', [120.266, 30.182]],
	['YL-02', '宁围雨量站（演示）', [120.272, 30.225]],
	['YL-03', '闻堰雨量站（演示）', [120.175, 30.125]],
	['YL-04', '义桥雨量站（演示）', [120.19, 30.07]],
	['YL-05', '临浦雨量站（演示）', [120.24, 30.045]],
	['YL-06', '瓜沥雨量站（演示）', [120.455, 30.17]],
	['YL-07', '新塘雨量站（演示）', [120.31, 30.155]],
	['YL-08', '新街雨量站（演示）', [120.325, 30.21]],
	['YL-09', '南阳雨量站（演示）', [120.42, 30.27]],
	['YL-10', '戴村雨量站（演示）', [120.19, 29.985]],
];
const RIVER: readonly [string, string, LngLat, '1985' | 'wusong', number | null, number, number, number][] = [
	['SW-01', '闸口水位站（演示，钱塘江）', [120.155, 30.19], 'wusong', -1.87, 8.5, 9.4, 6.1],
	['SW-02', '闻家堰水位站（演示，三江口）', [120.172, 30.118], 'wusong', -1.87, 8.2, 9.1, 5.8],
	['SW-03', '临浦水位站（演示，浦阳江）', [120.235, 30.05], '1985', 0, 7.1, 8.0, 4.9],
	['SW-04', '萧绍运河水位站（演示）', [120.285, 30.165], '1985', 0, 4.6, 5.2, 3.9],
];
const LOW: readonly [string, string, LngLat][] = [
	['JS-01', '市心路下穿立交（演示）', [120.268, 30.175]],
	['JS-02', '通惠路铁路桥下（演示）', [120.295, 30.17]],
	['JS-03', '金城路地道（演示）', [120.25, 30.19]],
];

export function demoStations(random = seeded('flood-stations')) {
	const base = { datum: null, offset: null, warning: null, guaranteed: null };
	return [
		...RAIN.map(([code, name, at]) => ({
			...base,
			id: random.uuid(),
			code,
			kind: 'rain' as const,
			name,
			at,
			every: 600,
			usual: 0,
		})),
		...RIVER.map(([code, name, at, datum, offset, warning, guaranteed, usual]) => ({
			...{ id: random.uuid(), code, kind: 'river' as const, name, at, datum, offset, warning, guaranteed },
			...{ every: 600, usual },
		})),
		...LOW.map(([code, name, at]) => ({
			...base,
			id: random.uuid(),
			code,
			kind: 'waterlogging' as const,
			name,
			at,
			every: 300,
			usual: 0,
		})),
	];
}

/** Share of sites nobody has surveyed yet. */
const UNSURVEYED = 0.12;
const NAMES = ['王建国', '李志强', '陈海波', '周国平', '沈立新', '徐晓东', '俞志华', '钱永明'];

/** @param waterM - metres from a place to the nearest water, and the river station there */
export function demoSurveys(
	sites: readonly DemoFloodSite[],
	rivers: readonly { id: string; at: LngLat }[],
	waterM: (at: LngLat) => number,
	today: string,
) {
	const random = seeded('flood-sites');
	const surveyed = sites.filter(() => !random.chance(UNSURVEYED));
	const surveys = surveyed.map((site) => {
		const away = Math.round(waterM(site.at));
		const river = away < 500 ? nearestOf(site.at, rivers) : null;
		const isBelow = site.openPits > 0;
		return {
			site_id: site.id,
			ground_m: Math.round(random.between(52, 78)) / 10,
			low_ground_m: random.chance(0.25) ? Math.round(random.between(2, 16)) / 10 : 0,
			waterlogged_times: random.chance(0.2) ? random.whole(1, 4) : 0,
			water_m: away,
			spoil_height_m: isBelow && random.chance(0.4) ? Math.round(random.between(20, 60)) / 10 : 0,
			has_underground: random.chance(0.02),
			temp_structures: random.whole(4, 40),
			gondolas: site.stage === 'finishing' ? random.whole(2, 24) : 0,
			people: random.whole(30, 420),
			pump_m3h: isBelow ? random.whole(0, 8) * 50 : 0,
			river_station_id: river?.id ?? null,
			source: '演示踏勘',
		};
	});
	const items = sites.flatMap((site) =>
		LEDGER_KINDS.filter(
			(kind) => (site.openPits > 0 || (kind !== 'pump' && kind !== 'sandbag')) && !random.chance(0.08),
		).map((kind) => ({
			id: random.uuid(),
			site_id: site.id,
			kind,
			...THING[kind],
			amount: kind === 'pump' ? random.whole(2, 8) : kind === 'sandbag' ? random.whole(5, 40) * 10 : null,
			person: kind === 'responsible' || kind === 'roster' ? `${random.pick(NAMES)}（演示）` : null,
			valid_until: ['drill', 'plan', 'power'].includes(kind) ? dayAfter(today, random.whole(-40, 300)) : null,
			done_on: kind === 'drill' ? dayAfter(today, -random.whole(20, 300)) : null,
		})),
	);
	return { surveys, items };
}

const THING: Record<(typeof LEDGER_KINDS)[number], { name: string; unit: string }> = {
	responsible: { name: '防汛责任人', unit: '' },
	roster: { name: '汛期值班表', unit: '' },
	pump: { name: '潜水泵', unit: '台' },
	sandbag: { name: '沙袋', unit: '袋' },
	power: { name: '柴油发电机', unit: '台' },
	shelter: { name: '就近安置点', unit: '' },
	drill: { name: '防汛应急演练', unit: '' },
	plan: { name: '防汛预案', unit: '' },
};

function nearestOf<T extends { at: LngLat }>(at: LngLat, things: readonly T[]): T | null {
	const far = ({ at: [lng, lat] }: T) => (lng - at[0]) ** 2 + (lat - at[1]) ** 2;
	return [...things].sort((a, b) => far(a) - far(b))[0] ?? null;
}
