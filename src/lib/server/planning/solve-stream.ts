// Solves a plan while telling how it goes, line by line. Whoever hangs up ends the search.

import type { SolveLine } from '#lib/contract/patrol.ts';
import type { Problem } from '#lib/domain/patrol/problem.ts';
import { Fault } from '../errors.ts';
import { solvePatrol } from '../patrol/solve-patrol.ts';
import type { StoredPlan } from '../repositories/patrol-plan.ts';

/** @param stop - ends the search with the best plan so far */
export function solveStream(
	plan: StoredPlan,
	{ seconds, seed, signal }: { seconds: number; seed: number; signal: AbortSignal },
): ReadableStream<Uint8Array> {
	const stop = new AbortController();
	signal.addEventListener('abort', () => stop.abort(), { once: true });
	const encoder = new TextEncoder();
	return new ReadableStream({
		async start(controller) {
			const say = (line: SolveLine) => {
				if (!stop.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
			};
			try {
				const { routes, left, ...figures } = await solvePatrol(pinned(plan), {
					...{ seconds, seed, start: plan.drafts, estimate: plan.teams.estimate, signal: stop.signal },
					onProgress: ({ done, cost, iterations }) => say({ kind: 'progress', done, cost, iterations }),
				});
				const drafts = routes.map(({ team, stops }) => ({ team, visits: stops.map(({ visit }) => visit) }));
				const { objective, seconds: took, iterations } = figures;
				say({ kind: 'solved', plan: { drafts, left, objective, seconds: took, iterations } });
			} catch (error) {
				if (!(error instanceof Fault)) throw error;
				say({ kind: 'fault', message: error.message });
			} finally {
				if (!stop.signal.aborted) controller.close();
			}
		},
		cancel: () => stop.abort(),
	});
}

/** What is locked stays with its team, and is made. */
function pinned({ problem, drafts, locked }: StoredPlan): Problem {
	const teamOf = new Map(drafts.flatMap(({ team, visits }) => visits.map((visit) => [visit, team] as const)));
	return {
		...problem,
		visits: problem.visits.map((visit) => {
			const team = locked.includes(visit.id) ? teamOf.get(visit.id) : undefined;
			return team ? { ...visit, team, must: true } : visit;
		}),
	};
}
