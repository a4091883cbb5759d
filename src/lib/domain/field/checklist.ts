// What is looked at on a visit: by the stage of the works, by the dangerous works that stand there, by the quarter, by
// the campaign. The lines are data (db/rules/checklist.ts); this picks those that fit.

export const HAZARD_CATEGORIES = [
	'management',
	'pit',
	'formwork',
	'scaffold',
	'crane',
	'height',
	'power',
	'confinedSpace',
	'demolition',
	'tunnel',
	'stacking',
	'fire',
	'other',
] as const;
export type HazardCategory = (typeof HAZARD_CATEGORIES)[number];

export interface ChecklistLine {
	key: string;
	/** What to look at, as an officer would say it. */
	text: string;
	/** The same for readers of English; lines that a bureau writes have none. The Chinese is what holds. */
	english?: string;
	category: HazardCategory;
	/** Where it comes from. */
	source: string;
	stages?: readonly string[];
	works?: readonly ('pit' | 'formwork' | 'scaffold' | 'crane' | 'hoist')[];
	quarters?: readonly (1 | 2 | 3 | 4)[];
	isFlood?: boolean;
	isNight?: boolean;
}

export interface ChecklistFor {
	stage: string | null;
	works: readonly ('pit' | 'formwork' | 'scaffold' | 'crane' | 'hoist')[];
	/** `YYYY-MM-DD` */
	on: string;
	isFloodSeason: boolean;
	isNight: boolean;
	/** Lines of the campaigns the visit serves. */
	campaign: readonly string[];
}

/** Lines without a condition hold everywhere; each condition that stands must be met. */
export function checklistFor(visit: ChecklistFor, lines: readonly ChecklistLine[]): ChecklistLine[] {
	const quarter = (Math.floor((Number(visit.on.slice(5, 7)) - 1) / 3) + 1) as 1 | 2 | 3 | 4;
	const fitting = lines.filter(
		({ stages, works, quarters, isFlood, isNight }) =>
			(!stages || visit.stage === null || stages.includes(visit.stage)) &&
			(!works || works.some((work) => visit.works.includes(work))) &&
			(!quarters || quarters.includes(quarter)) &&
			(!isFlood || visit.isFloodSeason) &&
			(!isNight || visit.isNight),
	);
	const campaign = visit.campaign.map((text, index): ChecklistLine => ({
		key: `campaign-${index}`,
		text,
		category: 'other',
		source: '专项整治',
	}));
	return [...campaign, ...fitting];
}
