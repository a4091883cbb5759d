// Factory day and assessment of an invented machine, so that the district shows every grade of age. The years follow
// JGJ/T 189-2009 3.0.2; the grading itself is done elsewhere, from the rules.

import type { Random } from '#lib/domain/random.ts';
import { dayAfter } from './calendar.ts';

export interface MachineAge {
	manufacturedOn: string | null;
	assessedUntil: string | null;
	/** False for a tower crane whose rated moment nobody has written down. */
	isMomentKnown: boolean;
}

const YEAR_D = 365.2425;

/** Years of use after which an assessment is due. */
function limitYears(kind: 'towerCrane' | 'hoist', ratedMomentKnm: number): number {
	if (kind === 'hoist') return 8;
	return ratedMomentKnm < 630 ? 10 : ratedMomentKnm < 1250 ? 15 : 20;
}

export function drawAge(
	random: Random,
	today: string,
	kind: 'towerCrane' | 'hoist',
	ratedMomentKnm: number,
): MachineAge {
	const limit = limitYears(kind, ratedMomentKnm);
	const made = (years: number) => dayAfter(today, -Math.round(years * YEAR_D));
	const aged = (from: number, to: number, assessedUntil: string | null = null): MachineAge => ({
		manufacturedOn: made(random.between(from, to)),
		assessedUntil,
		isMomentKnown: true,
	});
	const grade = random.weighted([
		['young', 58],
		['nearLimit', 19],
		['assessed', 9],
		['overdue', 8],
		['unknown', 6],
	] as const);
	switch (grade) {
		case 'young':
			return aged(0.4, limit - 3.1);
		case 'nearLimit':
			return aged(limit - 1.9, limit - 0.02);
		case 'assessed':
			return aged(limit + 0.05, limit + 3.5, dayAfter(today, random.whole(15, 700)));
		case 'overdue':
			return aged(limit + 0.05, limit + 4, random.chance(0.4) ? dayAfter(today, -random.whole(5, 400)) : null);
		case 'unknown': {
			const lacksMoment = kind === 'towerCrane' && random.chance(0.4);
			return {
				manufacturedOn: lacksMoment ? made(random.between(1, limit)) : null,
				assessedUntil: null,
				isMomentKnown: !lacksMoment,
			};
		}
	}
}
