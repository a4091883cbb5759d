// Patrol problems drawn by chance, for the property tests: the same seed draws the same problem.

import type { Problem, Team, Visit } from '#lib/domain/patrol/problem.ts';
import { seeded } from '#lib/domain/random.ts';

export interface Draw {
	visits: number;
	teams: number;
	/** Breaks, precedence and fairness, which the exact model leaves out. */
	isFull: boolean;
}

export function drawProblem(seed: number, { visits: count, teams: teamCount, isFull }: Draw): Problem {
	const random = seeded(seed);
	const size = count + 2;
	const at = Array.from({ length: size }, () => [random.between(0, 60), random.between(0, 60)] as const);
	const isAsymmetric = random.chance(0.5);
	const table = (factor: number) =>
		at.map(([x, y], from) =>
			at.map(([u, v], to) =>
				from === to ? 0 : factor * Math.hypot(x - u, y - v) * (isAsymmetric ? random.between(1, 1.4) : 1),
			),
		);
	const teams = Array.from({ length: teamCount }, (_, no): Team => {
		const from = random.whole(0, 120);
		return {
			id: `t${no}`,
			from: random.chance(0.8) ? 'p0' : 'p1',
			to: random.chance(0.2) ? null : 'p0',
			shift: [from, from + random.whole(120, 420)],
			...(random.chance(0.6) ? { capacity: random.whole(2, 12) } : {}),
			skills: random.chance(0.5) ? ['crane'] : [],
			...(isFull && random.chance(0.4) ? { breaks: breaksOf(from + 60, random.chance(0.3)) } : {}),
			...(random.chance(0.2) ? { fixedCost: random.whole(1, 40) } : {}),
		};
	});
	const visits = Array.from({ length: count }, (_, no): Visit => {
		const opens = random.whole(0, 300);
		const first: [number, number] = [opens, opens + random.whole(0, 150)];
		const windows: [number, number][] = random.chance(0.3) ? [first, [first[1] + 30, first[1] + 90]] : [first];
		return {
			id: `v${no}`,
			place: `p${random.chance(0.1) ? random.whole(0, size - 1) : no + 2}`,
			minutes: random.chance(0.5) ? random.whole(0, 40) : random.between(0, 40),
			...(random.chance(0.8) ? { windows } : {}),
			load: random.whole(0, 4),
			...(random.chance(0.6) ? { must: false, prize: random.whole(0, 120) } : {}),
			...(random.chance(0.2) ? { skills: ['crane'] } : {}),
			...(random.chance(0.1) ? { team: `t${random.whole(0, teamCount - 1)}` } : {}),
			...(random.chance(0.1) ? { notTeam: [`t${random.whole(0, teamCount - 1)}`] } : {}),
			...(isFull && no > 0 && random.chance(0.25) ? { after: `v${random.whole(0, no - 1)}` } : {}),
		};
	});
	return {
		places: at.map((_, no) => ({ id: `p${no}` })),
		matrix: { minutes: table(1), km: table(0.6) },
		teams,
		visits,
		weights: {
			minutes: random.chance(0.5) ? 1 : 0,
			km: 1,
			team: random.chance(0.3) ? 20 : 0,
			fairness: isFull && random.chance(0.3) ? 0.2 : 0,
		},
	};
}

function breaksOf(from: number, isSecond: boolean): Team['breaks'] {
	const noon = { window: [from, from + 60] as [number, number], minutes: 20 };
	return isSecond ? [noon, { window: [from + 40, from + 120], minutes: 10 }] : [noon];
}
