// What the bureau did in the published half-year and in the two weeks since: visits, hazards, stop-work orders, signs.

import type { Random } from '#lib/domain/random.ts';
import { dayAfter, workdays, type Calendar } from './calendar.ts';
import { CAMPAIGNS } from './campaigns.ts';
import { writeHazard } from './hazards.ts';
import { personName, unique } from './names.ts';
import { PUBLISHED } from './published.ts';
import type { HazardRow, SignRow, StopWorkOrderRow, VisitRow } from './rows.ts';
import { shareOut } from './share.ts';
import { hangSigns } from './signs.ts';
import type { DemoSite } from './sites.ts';
import type { Sources } from './sources.ts';
import { drawVisits, type PlannedVisit } from './visits.ts';

export interface Supervision {
	visits: VisitRow[];
	hazards: HazardRow[];
	orders: StopWorkOrderRow[];
	signs: SignRow[];
}

const OFFICERS = 42;
/** Orders of the last two weeks that still hold; their sites stand still today. */
const OPEN_ORDERS = 4;
const OPEN_MAJOR = 2;
const STOP_REASONS = [
	'深基坑临边防护缺失且监测中断',
	'塔机附着松动仍继续使用',
	'脚手架连墙件大面积缺失',
	'高支模未经验收即浇筑',
	'临时用电存在重大安全隐患',
];

export function superviseDistrict(
	random: Random,
	calendar: Calendar,
	sites: readonly DemoSite[],
	sources: Sources,
): Supervision {
	const names = new Set<string>();
	const officers = Array.from({ length: OFFICERS }, () => unique(names, () => personName(random)));
	const result: Supervision = { visits: [], hazards: [], orders: [], signs: [] };

	patrols(random, calendar, sites, officers, sources, result);
	campaigns(random, calendar, sites, officers, sources, result);
	assessments(random, calendar, sites, sources, result);
	weeksSince(random, calendar, sites, officers, sources, result);
	result.signs = hangSigns(random, calendar, sites, result.orders, sources);
	return result;
}

function patrols(
	random: Random,
	calendar: Calendar,
	sites: readonly DemoSite[],
	officers: readonly string[],
	sources: Sources,
	into: Supervision,
): void {
	const { published } = calendar;
	const sourceId = sources.add('visits', '巡查 1280 次（2025 年上半年公布数，日期已平移）');
	const counts = shareOut(
		PUBLISHED.patrolVisits,
		sites.map(({ row, startedOn }) =>
			startedOn > dayAfter(published.to, -14)
				? 0
				: (row.risk_grade === 'high' ? 1.7 : row.risk_grade === 'medium' ? 1 : 0.6) * random.between(0.5, 1.5),
		),
		() => 9,
	);
	const planned = drawVisits(
		random,
		sites.flatMap((site, index) => Array<DemoSite>(counts[index]!).fill(site)),
		workdays(published.from, published.to),
		officers,
		sourceId,
	);
	const stopped = new Set<DemoSite>();
	for (const visit of random.shuffled(planned)) {
		if (stopped.size === PUBLISHED.stopWorkOrders) break;
		if (stopped.has(visit.site)) continue;
		stopped.add(visit.site);
		visit.row.result = 'stopWork';
		into.orders.push(order(random, visit, dayAfter(visit.day, random.whole(2, 12))));
	}
	const hazards = hazardsOf(random, planned, PUBLISHED.patrolHazards, 0.12);
	for (const [index, visit] of planned.entries()) {
		for (let at = 0; at < hazards[index]!; at++)
			into.hazards.push(writeHazard(random, { ...found(visit), foundBy: 'patrol', isMajor: false }));
	}
	into.visits.push(...planned.map(({ row }) => row));
}

function campaigns(
	random: Random,
	{ published }: Calendar,
	sites: readonly DemoSite[],
	officers: readonly string[],
	sources: Sources,
	into: Supervision,
): void {
	const samples = shareOut(
		PUBLISHED.campaignSites,
		CAMPAIGNS.map(() => random.between(0.7, 1.3)),
		() => 16,
	);
	const days = workdays(published.from, published.to);
	const planned = CAMPAIGNS.flatMap((name, index) => {
		const sourceId = sources.add('visits', `${name}（抽查项目 ${samples[index]} 个）`, { campaign: index + 1 });
		const first = Math.floor(((days.length - 6) * index) / CAMPAIGNS.length);
		const at = days.slice(first, first + 6);
		const running = sites.filter(({ startedOn }) => startedOn <= at[0]!);
		return drawVisits(random, random.shuffled(running).slice(0, samples[index]), at, officers, sourceId, 'campaign');
	});
	const hazards = hazardsOf(random, planned, PUBLISHED.campaignHazards, 0.08);
	for (const [index, visit] of planned.entries()) {
		for (let at = 0; at < hazards[index]!; at++)
			into.hazards.push(writeHazard(random, { ...found(visit), foundBy: 'campaign', isMajor: false }));
	}
	into.visits.push(...planned.map(({ row }) => row));
}

function assessments(
	random: Random,
	{ published }: Calendar,
	sites: readonly DemoSite[],
	sources: Sources,
	into: Supervision,
): void {
	const days = workdays(published.from, published.to);
	const counts = shareOut(
		PUBLISHED.assessmentHazards,
		Array.from({ length: PUBLISHED.assessments }, () => random.between(0.7, 1.3)),
		() => Infinity,
	);
	const majors = shareOut(PUBLISHED.assessmentMajorHazards, counts, (index) => counts[index]!);
	for (const [index, count] of counts.entries()) {
		const sourceId = sources.add('hazards', `综合性风险评估第 ${index + 1} 次（隐患 ${count} 项）`, {
			assessment: index + 1,
		});
		const day = days[Math.floor((days.length * (index + 0.5)) / counts.length)]!;
		const assessed = random.shuffled(sites.filter(({ startedOn }) => startedOn <= day)).slice(0, random.whole(16, 26));
		// A major hazard needs a stage at which one can arise.
		const risky = assessed.filter(({ stage }) => stage !== 'preparation' && stage !== 'completion');
		for (let at = 0; at < count; at++) {
			const isMajor = at < majors[index]!;
			const site = random.pick(isMajor ? risky : assessed);
			into.hazards.push(
				writeHazard(random, {
					site,
					visitId: null,
					day,
					minutes: random.whole(540, 1000),
					foundBy: 'assessment',
					isMajor,
					sourceId,
				}),
			);
		}
	}
}

/** The same pace goes on after the published half-year; what was found lately may still be open. */
function weeksSince(
	random: Random,
	{ published, today }: Calendar,
	sites: readonly DemoSite[],
	officers: readonly string[],
	sources: Sources,
	into: Supervision,
): void {
	const sourceId = sources.add('visits', '公布期之后两周的巡查（含未整改隐患）');
	const yesterday = dayAfter(today, -1);
	const days = workdays(dayAfter(published.to, 1), yesterday);
	const pace = PUBLISHED.patrolVisits / workdays(published.from, published.to).length;
	const running = sites.filter(({ startedOn, row }) => startedOn < dayAfter(published.to, 1) && row.state === 'active');
	const planned = drawVisits(
		random,
		random.shuffled(running).slice(0, Math.round(pace * days.length)),
		days,
		officers,
		sourceId,
	);
	const hazards = hazardsOf(random, planned, planned.length * 3, 0.2);
	for (const [index, visit] of planned.entries()) {
		for (let at = 0; at < hazards[index]!; at++)
			into.hazards.push(writeHazard(random, { ...found(visit), foundBy: 'patrol', isMajor: false }, yesterday));
	}
	const latest = planned
		.toSorted((a, b) => (a.row.visited_at < b.row.visited_at ? 1 : -1))
		.filter(({ site }) => site.stage !== 'completion' && site.stage !== 'preparation');
	for (const [index, visit] of latest.slice(0, OPEN_ORDERS).entries()) {
		visit.row.result = 'stopWork';
		visit.site.row.state = 'stopped';
		into.orders.push(order(random, visit, null));
		if (index < OPEN_MAJOR)
			into.hazards.push(writeHazard(random, { ...found(visit), foundBy: 'patrol', isMajor: true }, visit.day));
	}
	into.visits.push(...planned.map(({ row }) => row));
}

/** How many hazards each visit found; `nothing` is the share of visits that found none. */
function hazardsOf(random: Random, visits: readonly PlannedVisit[], total: number, nothing: number): number[] {
	const counts = shareOut(
		total,
		visits.map(({ row }) =>
			row.result !== 'stopWork' && random.chance(nothing) ? 0 : 0.4 - Math.log(1 - random.next()),
		),
		() => 14,
	);
	for (const [index, { row }] of visits.entries())
		if (row.result !== 'stopWork') row.result = counts[index]! > 0 ? 'rectify' : 'passed';
	return counts;
}

function found({ site, row, day, minutes }: PlannedVisit) {
	return { site, visitId: row.id, day, minutes: minutes + 20, sourceId: row.source_id };
}

function order(random: Random, { site, row, day }: PlannedVisit, liftedOn: string | null): StopWorkOrderRow {
	return {
		id: random.uuid(),
		site_id: site.row.id,
		visit_id: row.id,
		ordered_on: day,
		lifted_on: liftedOn,
		reason: random.pick(STOP_REASONS),
		source_id: row.source_id,
	};
}
