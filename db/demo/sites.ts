// The sites: one plot each, with papers, parties, stage and risk grade.

import type { Random } from '#lib/domain/random.ts';
import { dayAfter, type Calendar } from './calendar.ts';
import type { Firms } from './firms.ts';
import { permitNo, projectCode } from './identifiers.ts';
import { unique } from './names.ts';
import { distanceToRing, isInside, boxOf, multiPolygonOf, pointOf, type Ring, type XY } from './plane.ts';
import type { Plot } from './plots.ts';
import { projectName, type Project, type ProjectKind } from './projects.ts';
import { shareOut } from './share.ts';
import type { SiteRow } from './rows.ts';
import type { Sources } from './sources.ts';

export type Stage = NonNullable<SiteRow['stage']>;

export interface DemoSite {
	row: SiteRow;
	kind: ProjectKind;
	stage: Stage;
	startedOn: string;
	floorAreaM2: number;
	ring: Ring;
}

/** Share of the sites, and how many days ago work began. */
const STAGES: [Stage, number, [number, number]][] = [
	['preparation', 5, [8, 80]],
	['foundation', 21, [60, 300]],
	['structure', 33, [240, 540]],
	['masonry', 14, [360, 700]],
	['finishing', 20, [480, 960]],
	['completion', 7, [700, 1200]],
];
const SUSPENDED = 9;

export function inventSites(
	random: Random,
	{ today }: Calendar,
	projects: readonly Project[],
	plots: readonly Plot[],
	firms: Firms,
	sources: Sources,
): DemoSite[] {
	const source_id = sources.add('sites', '在建工程（2025 年上半年公布数）');
	const counts = shareOut(
		projects.length,
		STAGES.map(([, share]) => share),
		() => projects.length,
	);
	const stages = random.shuffled(STAGES.flatMap((entry, index) => Array<typeof entry>(counts[index]!).fill(entry)));
	const [names, codes, permits] = [new Set<string>(), new Set<string>(), new Map<string, number>()];
	// Every contractor of the district has work; the larger ones have more.
	const contractors = [
		...random.shuffled(firms.contractors),
		...Array.from(
			{ length: projects.length },
			() => firms.contractors[Math.floor(random.next() ** 2 * firms.contractors.length)]!,
		),
	];

	const sites = projects.map((project, index): DemoSite => {
		const plot = plots[index]!;
		const [stage, , [fewest, most]] = stages[index]!;
		const startedOn = dayAfter(today, -random.whole(fewest, most));
		const permitDay = dayAfter(startedOn, -random.whole(4, 30));
		const serial = (permits.get(permitDay) ?? 0) + 1;
		permits.set(permitDay, serial);
		const isHousing = project.kind === 'housing' || project.kind === 'resettlement';
		return {
			kind: project.kind,
			stage,
			startedOn,
			floorAreaM2: project.floorAreaM2,
			ring: plot.ring,
			row: {
				id: random.uuid(),
				permit_no: permitNo('330109', permitDay, serial, isHousing ? '01' : '19'),
				project_code: unique(codes, () => projectCode(random, '330109', dayAfter(permitDay, -random.whole(120, 500)))),
				name: unique(names, () => projectName(random, project.kind, plot.townName)),
				address: `${plot.townName}（演示地址）`,
				town_code: plot.townCode,
				grid_id: null,
				boundary: multiPolygonOf(plot.ring),
				location: pointOf(symbolPlace(plot.ring, plot.centre)),
				stage,
				state: 'active',
				floor_area_m2: project.floorAreaM2,
				owner_id: ownerOf(random, project.kind, firms),
				contractor_id: contractors[index]!.id,
				site_engineer_id: random.pick(firms.siteEngineers).id,
				risk_grade: stage === 'finishing' || stage === 'completion' || stage === 'preparation' ? 'low' : 'medium',
				started_on: startedOn,
				planned_finish_on: dayAfter(today, plannedDaysLeft(random, stage)),
				finished_on: null,
				attributes: { use: project.kind },
				source_id,
			},
		};
	});
	for (const site of random.shuffled(sites.filter(({ stage }) => stage !== 'completion')).slice(0, SUSPENDED)) {
		site.row.state = 'suspended';
	}
	return sites;
}

function ownerOf(random: Random, kind: ProjectKind, { owners }: Firms): string {
	const isPublic = kind === 'resettlement' || kind === 'public';
	return random.pick(owners.filter((firm) => firm.roles!.includes(isPublic ? 'platformCompany' : 'owner'))).id;
}

function plannedDaysLeft(random: Random, stage: Stage): number {
	const left: Record<Stage, [number, number]> = {
		preparation: [700, 1100],
		foundation: [550, 950],
		structure: [330, 750],
		masonry: [220, 480],
		finishing: [60, 330],
		completion: [5, 90],
	};
	return random.whole(...left[stage]);
}

/** The centre of area, or for a notched plot the inner point farthest from its line. */
function symbolPlace(ring: Ring, centre: XY): XY {
	if (isInside(centre, ring) && distanceToRing(centre, ring) > 8) return centre;
	const { west, south, east, north } = boxOf(ring);
	let best = centre;
	let margin = isInside(centre, ring) ? distanceToRing(centre, ring) : 0;
	for (let column = 1; column < 16; column++)
		for (let row = 1; row < 16; row++) {
			const at: XY = [west + ((east - west) * column) / 16, south + ((north - south) * row) / 16];
			if (!isInside(at, ring) || distanceToRing(at, ring) <= margin) continue;
			[best, margin] = [at, distanceToRing(at, ring)];
		}
	return best;
}
