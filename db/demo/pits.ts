// Deep pits: outline inside the red line, sides with grade and support, stage and how far they are dug.

import type { Random } from '#lib/domain/random.ts';
import { dayAfter, daysBetween, type Calendar } from './calendar.ts';
import { centreOf, edges, isWithin, multiPolygonOf, scaled, toLngLat, type Ring } from './plane.ts';
import { PUBLISHED } from './published.ts';
import type { PitRow, PitSideRow } from './rows.ts';
import type { DemoSite } from './sites.ts';
import type { Sources } from './sources.ts';

export interface DemoPit {
	row: PitRow;
	ring: Ring;
	sides: PitSideRow[];
	depthM: number;
}

/** Most of the pits are being dug or have just got their base slab. */
const FROM_FOUNDATION = 88;
const SUPPORTS = {
	shallow: [
		['soilNailWall', 3],
		['compositeSoilNailWall', 3],
		['cementSoilWall', 2],
		['sheetPile', 2],
		['slope', 1],
	],
	deep: [
		['boredPile', 6],
		['steelCementSoilWall', 3],
		['diaphragmWall', 1],
		['sheetPile', 1],
	],
	deepest: [
		['diaphragmWall', 4],
		['boredPile', 5],
	],
} as const;

/** @throws Error when there are fewer sites with a pit's stage than published pits */
export function inventPits(
	random: Random,
	{ today }: Calendar,
	sites: readonly DemoSite[],
	sources: Sources,
): DemoPit[] {
	const source_id = sources.add('pits', '深基坑（2025 年上半年公布数）');
	const ofStage = (stage: DemoSite['stage']) => random.shuffled(sites.filter((site) => site.stage === stage));
	const foundation = ofStage('foundation').slice(0, FROM_FOUNDATION);
	const structure = ofStage('structure').slice(0, PUBLISHED.sitesWithDeepPit - foundation.length);
	const chosen = [...foundation, ...structure];
	if (chosen.length !== PUBLISHED.sitesWithDeepPit) throw new Error(`Only ${chosen.length} sites can have a deep pit.`);

	return chosen.map((site) => {
		const ring = pitRing(random, site.ring);
		const depthM = Math.round((5 + Math.min(14, Math.abs(random.normal()) * 4.2)) * 10) / 10;
		const stage =
			site.stage === 'structure'
				? 'slab'
				: random.weighted([
						['retaining', 2],
						['digging', 6],
						['slab', 1.6],
					] as const);
		const running = daysBetween(site.startedOn, today);
		const dug = stage === 'retaining' ? random.between(0, 0.08) : stage === 'digging' ? random.between(0.15, 0.95) : 1;
		site.row.risk_grade = 'high';
		const row: PitRow = {
			id: random.uuid(),
			site_id: site.row.id,
			name: '基坑',
			boundary: multiPolygonOf(ring),
			depth_m: depthM,
			dug_m: Math.round(depthM * dug * 10) / 10,
			stage,
			base_slab_on: stage === 'slab' ? dayAfter(today, -random.whole(2, Math.min(80, Math.floor(running / 3)))) : null,
			started_on: dayAfter(site.startedOn, random.whole(2, Math.floor(running / 4))),
			finished_on: null,
			source_id,
		};
		return { row, ring, depthM, sides: sidesOf(random, row.id, ring, depthM, source_id) };
	});
}

/** The red line drawn in; a notched plot gets a smaller pit. */
function pitRing(random: Random, redLine: Ring): Ring {
	const centre = centreOf(redLine);
	for (let factor = random.between(0.66, 0.82); factor > 0.2; factor -= 0.03) {
		const ring = scaled(redLine, factor, centre);
		if (isWithin(ring, redLine)) return ring;
	}
	throw new Error('A plot is so notched that no pit fits into it.');
}

function sidesOf(random: Random, pit_id: string, ring: Ring, depthM: number, source_id: string): PitSideRow[] {
	const main = depthM >= 12 ? 'I' : depthM >= 8 ? 'II' : random.pick(['II', 'III'] as const);
	const supports = depthM >= 11 ? SUPPORTS.deepest : depthM >= 7 ? SUPPORTS.deep : SUPPORTS.shallow;
	const support = random.weighted(supports);
	return edges(ring).map(([from, to], index) => ({
		id: random.uuid(),
		pit_id,
		name: `${letter(index)}${letter((index + 1) % ring.length)} 段`,
		line: { type: 'LineString', coordinates: [toLngLat(from), toLngLat(to)] },
		// One side may be graver than the rest: a building or a metro line stands near it.
		grade: random.chance(0.2) ? (main === 'III' ? 'II' : 'I') : main,
		support: random.chance(0.85) ? support : random.weighted(supports),
		source_id,
	}));
}

function letter(index: number): string {
	return String.fromCharCode(65 + index);
}
