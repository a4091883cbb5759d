// Who patrols in the demonstration district: officers with certificates and skills, vehicles, places to start from; the
// rounds they owe; the self-assessments of the sites; and which machines each visit has looked at.

import { roundsOfYear } from '../../src/lib/domain/coverage/round.ts';
import type { LngLat } from '../../src/lib/domain/geo.ts';
import { SKILLS } from '../../src/lib/domain/planning/team.ts';
import type { Random } from '../../src/lib/domain/random.ts';
import { roundCalendars } from '../rules/coverage.ts';
import { seasonDates } from '../rules/season.ts';
import { dayAfter, momentOf, type Calendar } from './calendar.ts';
import type {
	AvoidanceRow,
	BaseRow,
	FirmRow,
	InstallationRow,
	KeyPeriodRow,
	OfficerRow,
	RoundRow,
	SelfAssessmentRow,
	TownRow,
	VehicleRow,
	VisitMachineRow,
	VisitRow,
} from './rows.ts';
import type { DemoSite } from './sites.ts';
import type { Sources } from './sources.ts';

/** People who can sign in to the demonstration and are officers too; the names are those of `auth/demo-people.ts`. */
const SIGNED_IN = [
	['楼建国', 'demo-supervisor'],
	['沈岚', 'demo-duty'],
] as const;
const BASES: readonly (readonly [name: string, at: LngLat])[] = [
	['区质量安全监督站', [120.2708, 30.1836]],
	['临浦监督分站', [120.2462, 30.0562]],
	['瓜沥监督分站', [120.4553, 30.1712]],
];
const VEHICLES = 8;
const AVOIDANCES = 9;
/** Of the certificates; what a planner has to refuse. */
const EXPIRED_SHARE = 0.06;

export interface Patrols {
	officer: OfficerRow[];
	officer_avoidance: AvoidanceRow[];
	patrol_base: BaseRow[];
	vehicle: VehicleRow[];
	coverage_round: RoundRow[];
	key_period: KeyPeriodRow[];
	self_assessment: SelfAssessmentRow[];
	visit_machine: VisitMachineRow[];
}

interface Known {
	sites: readonly DemoSite[];
	visits: readonly VisitRow[];
	firms: readonly FirmRow[];
	towns: readonly TownRow[];
	installations: readonly InstallationRow[];
}

export function inventPatrols(random: Random, calendar: Calendar, known: Known, sources: Sources): Patrols {
	const { today } = calendar;
	const officer = officers(random, today, known.visits, sources);
	return {
		officer,
		officer_avoidance: avoidances(random, officer, known.firms),
		patrol_base: bases(random, sources),
		vehicle: vehicles(random, sources),
		coverage_round: rounds(random, today),
		key_period: keyPeriods(random, today, known.towns),
		self_assessment: assessments(random, today, known, sources),
		visit_machine: looked(random, known.visits, known.installations),
	};
}

function officers(random: Random, today: string, visits: readonly VisitRow[], sources: Sources): OfficerRow[] {
	const source_id = sources.add('officers', '监督人员与执法证');
	const names = [...new Set(visits.flatMap(({ supervisors }) => supervisors as string[]))].sort();
	const people = [...SIGNED_IN, ...names.map((name) => [name, null] as const)];
	return people.map(([name, login], index) => ({
		id: random.uuid(),
		name,
		login,
		certificate_no: `浙执法${String(3301090000 + index + 1)}`,
		certificate_until:
			login === null && random.chance(EXPIRED_SHARE)
				? dayAfter(today, -random.whole(3, 60))
				: dayAfter(today, random.whole(40, 1200)),
		skills: login === null ? random.shuffled(SKILLS).slice(0, random.whole(1, 3)) : ['crane', 'pit', 'formwork'],
		is_active: true,
		source_id,
	}));
}

/** Officers who come from a firm or have family in it. */
function avoidances(random: Random, people: readonly OfficerRow[], firms: readonly FirmRow[]): AvoidanceRow[] {
	const contractors = firms.filter(({ roles }) => (roles as string[] | undefined)?.includes('contractor'));
	const pool = contractors.length > 0 ? contractors : firms;
	return random
		.shuffled(people.filter(({ login }) => login === null))
		.slice(0, AVOIDANCES)
		.map(({ id }) => ({
			officer_id: id,
			firm_id: random.pick(pool).id,
			reason: random.pick(['曾在该企业任职', '近亲属在该企业任职']),
		}));
}

function bases(random: Random, sources: Sources): BaseRow[] {
	const source_id = sources.add('bases', '监督站出发地');
	return BASES.map(([name, coordinates], index) => ({
		id: random.uuid(),
		name,
		location: { type: 'Point', coordinates },
		is_default: index === 0,
		source_id,
	}));
}

function vehicles(random: Random, sources: Sources): VehicleRow[] {
	const source_id = sources.add('vehicles', '公务用车');
	return Array.from({ length: VEHICLES }, (_, index) => ({
		id: random.uuid(),
		plate: `演A·${String(10_101 + index * 37)}`,
		seats: index === 0 ? 7 : 5,
		is_active: true,
		source_id,
	}));
}

function rounds(random: Random, today: string): RoundRow[] {
	const created = { created_at: momentOf(today, 0), created_by: 'demo' };
	const year = Number(today.slice(0, 4));
	return [year, year + 1].flatMap((one) => {
		const dates = roundsOfYear(one, roundCalendars.halfYears);
		const ids = dates.map(() => random.uuid());
		return dates.map(({ name, kind, fromOn, toOn, looksBackTo }, index) => ({
			id: ids[index]!,
			name,
			kind,
			from_on: fromOn,
			to_on: toOn,
			looks_back_to: looksBackTo === null ? null : ids[looksBackTo]!,
			...created,
		}));
	});
}

function keyPeriods(random: Random, today: string, towns: readonly TownRow[]): KeyPeriodRow[] {
	const created = { created_at: momentOf(today, 0), created_by: 'demo' };
	const year = Number(today.slice(0, 4));
	const area = towns[0]!.code.slice(0, 6);
	const dates = [year, year + 1].flatMap((one) =>
		seasonDates(one).map(({ name, kind, from, to }) => ({
			id: random.uuid(),
			name: `${one} 年${name}`,
			kind,
			from_on: `${one}-${from}`,
			to_on: `${one}-${to}`,
			area,
			...created,
		})),
	);
	const event: KeyPeriodRow = {
		id: random.uuid(),
		name: '重大活动保障',
		kind: 'event',
		from_on: dayAfter(today, -4),
		to_on: dayAfter(today, 12),
		area: towns[0]!.code,
		...created,
	};
	return [...dates, event];
}

/** Every site once a month, every contractor once a quarter; some forget. */
function assessments(random: Random, today: string, { sites, firms }: Known, sources: Sources): SelfAssessmentRow[] {
	const source_id = sources.add('self-assessments', '项目月度、企业季度安全状况自评');
	const ofSites = sites.flatMap(({ row, startedOn }) =>
		startedOn > dayAfter(today, -31) || random.chance(0.12)
			? []
			: [
					{
						id: random.uuid(),
						site_id: row.id,
						firm_id: null,
						assessed_on: dayAfter(today, -random.whole(1, 45)),
						score: random.whole(72, 98),
						source_id,
					},
				],
	);
	const contractors = new Set(sites.map(({ row }) => row.contractor_id));
	const ofFirms = firms
		.filter(({ id }) => contractors.has(id) && random.chance(0.85))
		.map(({ id }) => ({
			id: random.uuid(),
			site_id: null,
			firm_id: id,
			assessed_on: dayAfter(today, -random.whole(1, 110)),
			score: random.whole(75, 96),
			source_id,
		}));
	return [...ofSites, ...ofFirms];
}

/** A visit looks at most of the machines that stand there, seldom at all of a large site. */
function looked(random: Random, visits: readonly VisitRow[], installations: readonly InstallationRow[]) {
	const bySite = new Map<string, InstallationRow[]>();
	for (const one of installations) bySite.set(one.site_id, [...(bySite.get(one.site_id) ?? []), one]);
	return visits.flatMap((visit): VisitMachineRow[] => {
		const standing = (bySite.get(visit.site_id) ?? []).filter(
			({ installed_on, removed_on }) =>
				installed_on <= visit.visited_at.slice(0, 10) && (!removed_on || removed_on >= visit.visited_at.slice(0, 10)),
		);
		return standing.filter(() => random.chance(0.55)).map(({ machine_id }) => ({ visit_id: visit.id, machine_id }));
	});
}
