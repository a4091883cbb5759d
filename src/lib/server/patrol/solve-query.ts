// `?seconds=&seed=` of a request for a plan.

import { solveRules } from '#db/rules/patrol.ts';
import { Fault } from '../errors.ts';

/** @throws Fault `bad-input` */
export function readSolveQuery({ searchParams }: URL): { seconds: number; seed: number } {
	const most = solveRules.mostSeconds.value;
	const seconds = Number(searchParams.get('seconds') ?? solveRules.seconds.value);
	if (!(seconds >= 0 && seconds <= most))
		throw new Fault('bad-input', 'seconds', `“seconds”应为 0 到 ${most} · “seconds” must be 0 to ${most}.`);
	const seed = Number(searchParams.get('seed') ?? 1);
	if (!Number.isSafeInteger(seed))
		throw new Fault('bad-input', 'seed', '“seed”应为整数 · “seed” must be a whole number.');
	return { seconds, seed };
}
