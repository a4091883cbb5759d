// High formwork supports and climbing scaffolds that stand today.

import type { Random } from '#lib/domain/random.ts';
import { dayAfter, type Calendar } from './calendar.ts';
import { innerPoint } from './machine-places.ts';
import { pointOf } from './plane.ts';
import { PUBLISHED } from './published.ts';
import type { ClimbingScaffoldRow, HighFormworkRow } from './rows.ts';
import type { DemoSite } from './sites.ts';
import type { Sources } from './sources.ts';

const PLACES = ['门厅', '报告厅', '地下室顶板', '中庭', '坡道', '转换层', '连廊'];

export function inventFormworks(
	random: Random,
	{ today }: Calendar,
	sites: readonly DemoSite[],
	sources: Sources,
): HighFormworkRow[] {
	const source_id = sources.add('formworks', '高大支模架（2025 年上半年公布数）');
	return random
		.shuffled(sites.filter(({ stage, row }) => stage === 'structure' && row.state === 'active'))
		.slice(0, PUBLISHED.highFormworks)
		.map((site) => {
			site.row.risk_grade = 'high';
			return {
				id: random.uuid(),
				site_id: site.row.id,
				name: `${random.pick(PLACES)}高支模`,
				location: pointOf(innerPoint(random, site.ring, 8)),
				height_m: Math.round(random.between(8, 16.5) * 10) / 10,
				span_m: Math.round(random.between(9, 27) * 10) / 10,
				load_kn_per_m2: Math.round(random.between(10, 21) * 10) / 10,
				erected_on: dayAfter(today, -random.whole(2, 38)),
				removed_on: null,
				source_id,
			};
		});
}

export function inventScaffolds(
	random: Random,
	{ today }: Calendar,
	sites: readonly DemoSite[],
	sources: Sources,
): ClimbingScaffoldRow[] {
	const source_id = sources.add('scaffolds', '爬架（2025 年上半年公布数）');
	return random
		.shuffled(
			sites.filter(({ stage, row, kind }) => stage === 'structure' && row.state === 'active' && kind !== 'industry'),
		)
		.slice(0, PUBLISHED.climbingScaffolds)
		.map((site) => {
			site.row.risk_grade = 'high';
			return {
				id: random.uuid(),
				site_id: site.row.id,
				name: `${random.whole(1, 9)}# 楼爬架`,
				location: pointOf(innerPoint(random, site.ring, 8)),
				lift_height_m: Math.round(random.between(48, 168)),
				inspected_on: random.chance(0.9) ? dayAfter(today, -random.whole(1, 75)) : null,
				erected_on: dayAfter(today, -random.whole(80, 200)),
				removed_on: null,
				source_id,
			};
		});
}
