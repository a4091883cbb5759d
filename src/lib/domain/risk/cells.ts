// The risk map for leaders: hexagons (H3) coloured by what is open on the sites inside them. Not a heat map: nothing
// is spread between sites, a cell with too few sites says so instead of a colour, and the sites behind it are named.

import { latLngToCell } from 'h3-js';
import type { LngLat } from '../geo.ts';
import type { Rule } from '../rule.ts';

export interface RiskySite {
	no: number;
	/** WGS 84 */
	at: LngLat;
	openHazards: number;
	/** Among the open hazards. */
	openMajorHazards: number;
	/** Null: never graded, which is not low. */
	riskGrade: 'high' | 'medium' | 'low' | null;
}

/** Official risk colours, gravest first; `insufficient` is a sample too small to judge. */
export type CellBand = 'red' | 'orange' | 'yellow' | 'blue' | 'insufficient';

/** `absolute` adds up what is open in a cell, `perSite` divides by its sites. */
export type CellMeasure = 'absolute' | 'perSite';

/** Points at and above which a cell has the colour; below the last one it is blue. */
export interface BandLimits {
	red: Rule;
	orange: Rule;
	yellow: Rule;
}

export interface CellRules {
	/** H3 resolution of the cells. */
	resolution: Rule;
	/** Sites a cell must have to be judged; fewer are masked. */
	minimumSites: Rule;
	/** Points of one site. */
	points: { hazard: Rule; majorHazard: Rule; high: Rule; medium: Rule; low: Rule; ungraded: Rule };
	limits: Record<CellMeasure, BandLimits>;
}

export interface RiskCell {
	/** H3 index. */
	cell: string;
	band: CellBand;
	siteCount: number;
	/** Of the whole cell, whatever the measure. */
	points: number;
	openHazards: number;
	openMajorHazards: number;
	/** Numbers of the three sites that weigh most, heaviest first. */
	behind: readonly number[];
}

/** Points of one site: hazards by number, major ones on top, and its grade. */
export function sitePoints(site: RiskySite, { points }: CellRules): number {
	return (
		site.openHazards * points.hazard.value +
		site.openMajorHazards * points.majorHazard.value +
		points[site.riskGrade ?? 'ungraded'].value
	);
}

/**
 * Judges every cell that has a site. Empty cells are not in the answer: no site, no risk of sites.
 * Limits are reached, not exceeded: a cell with exactly the points of `red` is red.
 *
 * @returns cells in the order of their index, so that the same sites give the same answer
 */
export function riskCells(sites: readonly RiskySite[], measure: CellMeasure, rules: CellRules): RiskCell[] {
	const bySite = new Map<string, { site: RiskySite; points: number }[]>();
	for (const site of sites) {
		const cell = latLngToCell(site.at[1], site.at[0], rules.resolution.value);
		const inside = bySite.get(cell) ?? [];
		inside.push({ site, points: sitePoints(site, rules) });
		bySite.set(cell, inside);
	}
	return [...bySite]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([cell, inside]) => {
			const points = inside.reduce((sum, entry) => sum + entry.points, 0);
			const heaviest = [...inside].sort((a, b) => b.points - a.points || a.site.no - b.site.no);
			return {
				cell,
				band: bandOf(points, inside.length, measure, rules),
				siteCount: inside.length,
				points,
				openHazards: inside.reduce((sum, { site }) => sum + site.openHazards, 0),
				openMajorHazards: inside.reduce((sum, { site }) => sum + site.openMajorHazards, 0),
				behind: heaviest.slice(0, 3).map(({ site }) => site.no),
			};
		});
}

/** The band of an area by its points and its number of sites. */
export function bandOf(points: number, siteCount: number, measure: CellMeasure, rules: CellRules): CellBand {
	if (siteCount < rules.minimumSites.value) return 'insufficient';
	const weighed = measure === 'perSite' ? points / siteCount : points;
	const { red, orange, yellow } = rules.limits[measure];
	if (weighed >= red.value) return 'red';
	if (weighed >= orange.value) return 'orange';
	return weighed >= yellow.value ? 'yellow' : 'blue';
}
