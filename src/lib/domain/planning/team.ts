// Puts officers together in teams of two: certificates valid, those who went together least first, the least loaded
// first. Who cannot go is named with the reason.

/** What officers are skilled in, as the product knows it; a bureau may write others. */
export const SKILLS = ['crane', 'pit', 'formwork', 'fire', 'power', 'flood'] as const;

export interface TeamOfficer {
	id: string;
	name: string;
	certificateUntil: string | null;
	skills: readonly string[];
	avoids: readonly string[];
	/** Minutes on sites over the rolling month. */
	minutes: number;
	/** Goes out in another plan of that day: taken only where nobody else is left, or when asked for by name. */
	isOut?: boolean;
}

export interface TeamWish {
	on: string;
	teams: number;
	/** Officers to take before others, in pairs as they stand. */
	named?: readonly string[];
	/** How often two officers went together lately. */
	together: (a: string, b: string) => number;
}

export interface PlanTeam {
	/** As the problem names it. */
	id: string;
	officerIds: string[];
	names: string[];
	skills: string[];
	/** Firms that one of them must keep away from. */
	avoids: string[];
	vehicle: string | null;
	/** Minutes of both over the rolling month. */
	recentMinutes: number;
}

export interface Teams {
	teams: PlanTeam[];
	barred: { name: string; reason: 'no-certificate' | 'expired' }[];
}

/** Two officers by law; a team of one is never made. */
export function makeTeams(officers: readonly TeamOfficer[], wish: TeamWish): Teams {
	const barred: Teams['barred'] = [];
	const able: TeamOfficer[] = [];
	for (const officer of officers) {
		if (officer.certificateUntil === null) barred.push({ name: officer.name, reason: 'no-certificate' });
		else if (officer.certificateUntil < wish.on) barred.push({ name: officer.name, reason: 'expired' });
		else able.push(officer);
	}
	const named = (wish.named ?? []).flatMap((id) => able.find((officer) => officer.id === id) ?? []);
	const rest = able
		.filter((officer) => !named.includes(officer))
		.sort((a, b) => Number(a.isOut ?? false) - Number(b.isOut ?? false) || a.minutes - b.minutes || byId(a, b));
	const free = [...named, ...rest];
	const teams: PlanTeam[] = [];
	while (teams.length < wish.teams && free.length >= 2) {
		const first = free.shift()!;
		const isNamed = named.includes(first) && named.includes(free[0]!);
		// Of the eight that come next, the one who went with the first least often.
		const next = free.slice(0, 8);
		const atHome = next.filter(({ isOut }) => !isOut);
		const partner = isNamed
			? free[0]!
			: (atHome.length ? atHome : next).reduce((best, one) =>
					wish.together(first.name, one.name) < wish.together(first.name, best.name) ? one : best,
				);
		free.splice(free.indexOf(partner), 1);
		teams.push(teamOf(`t${teams.length + 1}`, [first, partner]));
	}
	return { teams, barred };
}

export function teamOf(id: string, pair: readonly TeamOfficer[]): PlanTeam {
	return {
		id,
		officerIds: pair.map((officer) => officer.id),
		names: pair.map(({ name }) => name),
		skills: [...new Set(pair.flatMap(({ skills }) => skills))].sort(),
		avoids: [...new Set(pair.flatMap(({ avoids }) => avoids))],
		vehicle: null,
		recentMinutes: pair.reduce((sum, { minutes }) => sum + minutes, 0),
	};
}

/**
 * How unequal a load is: 0 when all carry the same, near 1 when one carries all (Gini).
 */
export function gini(loads: readonly number[]): number {
	const total = loads.reduce((sum, load) => sum + load, 0);
	if (loads.length < 2 || total === 0) return 0;
	const sorted = [...loads].sort((a, b) => a - b);
	const weighted = sorted.reduce((sum, load, index) => sum + (index + 1) * load, 0);
	return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}

function byId(a: TeamOfficer, b: TeamOfficer): number {
	return a.id < b.id ? -1 : 1;
}
