// Solves a plan while telling how it goes, line by line. Whoever hangs up ends the search.

import type { SolveLine } from '#lib/contract/patrol.ts';
import { holdBack } from '#lib/domain/patrol/hold.ts';
import { Fault } from '../errors.ts';
import { solvePatrol } from '../patrol/solve-patrol.ts';
import type { StoredPlan } from '../repositories/patrol-plan.ts';

interface SolveWish {
	seconds: number;
	seed: number;
	signal: AbortSignal;
	/** Hears of what nobody foresaw; whoever asked is told that the search broke off. */
	onFault: (error: unknown) => void;
}

const BROKEN = '求解意外中断，请再试一次 · The search broke off; try again.';

export function solveStream(
	plan: StoredPlan,
	{ seconds, seed, signal, onFault }: SolveWish,
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
				const { routes, left, ...figures } = await solvePatrol(
					holdBack(plan.problem, plan.drafts, { stay: plan.locked }),
					{
						...{ seconds, seed, start: plan.drafts, estimate: plan.teams.estimate, signal: stop.signal },
						onProgress: ({ done, cost, iterations }) => say({ kind: 'progress', done, cost, iterations }),
					},
				);
				const drafts = routes.map(({ team, stops }) => ({ team, visits: stops.map(({ visit }) => visit) }));
				const { objective, seconds: took, iterations } = figures;
				say({ kind: 'solved', plan: { drafts, left, objective, seconds: took, iterations } });
			} catch (error) {
				if (!(error instanceof Fault)) onFault(error);
				say({ kind: 'fault', message: error instanceof Fault ? error.message : BROKEN });
			} finally {
				if (!stop.signal.aborted) controller.close();
			}
		},
		cancel: () => stop.abort(),
	});
}
