// `?seconds=&seed=` of a request for a plan.

import { solveRules } from '#db/rules/patrol.ts';
import { Fault } from '../errors.ts';

/** @throws Fault `bad-input` */
export function readSolveQuery({ searchParams }: URL): { seconds: number; seed: number } {
	const most = solveRules.mostSeconds.value;
	const numberOf = (parameter: string, otherwise: number) => {
		const text = searchParams.get(parameter);
		return text === null ? otherwise : text.trim() === '' ? NaN : Number(text);
	};
	const refuse = (parameter: string, zh: string, en: string) =>
		new Fault('bad-input', parameter, `“${parameter}”应为${zh} · “${parameter}” must be ${en}.`, {
			details: [{ parameter, message: `must be ${en}` }],
		});
	const seconds = numberOf('seconds', solveRules.seconds.value);
	if (!(seconds >= 0 && seconds <= most)) throw refuse('seconds', ` 0 到 ${most}`, `0 to ${most}`);
	const seed = numberOf('seed', 1);
	if (!Number.isSafeInteger(seed)) throw refuse('seed', '整数', 'a whole number');
	return { seconds, seed };
}
