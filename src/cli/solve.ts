// `solve PROBLEM.json`: a plan on standard output, how the search goes on standard error. Needs no database.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { solveRules } from '#db/rules/patrol.ts';
import { inBoth } from '#lib/domain/import/sentence.ts';
import { problemFaults } from '#lib/domain/patrol/check.ts';
import type { Plan, Problem } from '#lib/domain/patrol/problem.ts';
import { solveByRounds } from '#lib/domain/patrol/solve.ts';
import { Fault } from '#lib/server/errors.ts';
import { faultOf, SHIPPED, solvePatrol } from '#lib/server/patrol/solve-patrol.ts';
import type { CliContext } from './context.ts';
import { readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

export const usage = 'solve PROBLEM.json [--seconds S | --rounds N] [--seed N] [--json]';

/**
 * With `--json` the plan is one line and standard error stays silent. A search by the clock makes more rounds on a
 * quiet machine; with `--rounds` the same seed prints the same plan everywhere.
 */
export async function run(args: string[], context: CliContext): Promise<number> {
	const { file, seconds, rounds, seed, json } = readArgs(args);
	const problem = await readProblem(resolve(context.cwd, file));
	const plan =
		rounds === undefined
			? await byClock(problem, { seconds, seed }, json ? () => undefined : context.err)
			: byRounds(problem, { rounds, seed });
	context.out(JSON.stringify(plan, undefined, json ? undefined : '\t'));
	return 0;
}

function byRounds(problem: unknown, options: { rounds: number; seed: number }): Plan {
	const faults = problemFaults(problem);
	if (faults.length) throw faultOf(faults.map(inBoth));
	return solveByRounds(problem as Problem, { ...options, estimate: SHIPPED });
}

function byClock(
	problem: unknown,
	{ seconds, seed }: { seconds: number; seed: number },
	tell: (line: string) => void,
): Promise<Plan> {
	let told = -1;
	return solvePatrol(problem, {
		seconds,
		seed,
		onProgress: ({ done, iterations, cost }) => {
			const second = Math.floor(done * seconds);
			if (second === told) return;
			told = second;
			tell(`${second} s · ${iterations.toLocaleString('en')} · ${cost.toFixed(2)}`);
		},
	});
}

async function readProblem(path: string): Promise<unknown> {
	let bytes: Uint8Array;
	try {
		bytes = await readFile(path);
	} catch (cause) {
		throw new Fault('not-found', path, `打不开文件“${path}” · “${path}” cannot be opened.`, { cause });
	}
	let text: string;
	try {
		// Also without the mark that Windows puts before UTF-8.
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch (cause) {
		throw new Fault('bad-input', path, `“${path}”应为 UTF-8 编码的 JSON · must be JSON in UTF-8.`, { cause });
	}
	try {
		return JSON.parse(text) as unknown;
	} catch (cause) {
		const where = cause instanceof Error ? cause.message : String(cause);
		throw new Fault('bad-input', path, `“${path}”不是 JSON · is not JSON: ${where}`, { cause });
	}
}

function readArgs(args: string[]) {
	const { values, positionals } = readOptions({
		args,
		allowPositionals: true,
		options: {
			seconds: { type: 'string' },
			rounds: { type: 'string' },
			seed: { type: 'string', default: '1' },
			json: { type: 'boolean', default: false },
		},
	});
	const [file, ...rest] = positionals;
	if (!file || rest.length > 0) throw new UsageError();
	if (values.seconds !== undefined && values.rounds !== undefined)
		throw new UsageError('--seconds 与 --rounds 只能用一个 · Give --seconds or --rounds, not both.');
	const given = (name: '--seconds' | '--rounds' | '--seed', text: string, isRight: (value: number) => boolean) => {
		const value = text.trim() === '' ? NaN : Number(text);
		if (isRight(value)) return value;
		throw new UsageError(`${name} “${text}”：${EXPECTED[name]}`);
	};
	return {
		file,
		seconds: given(
			'--seconds',
			values.seconds ?? String(solveRules.seconds.value),
			(value) => value >= 0 && value < Infinity,
		),
		rounds:
			values.rounds === undefined
				? undefined
				: given('--rounds', values.rounds, (value) => Number.isSafeInteger(value) && value >= 0),
		seed: given('--seed', values.seed, Number.isSafeInteger),
		json: values.json,
	};
}

const EXPECTED = {
	'--seconds': '应为不小于 0 的秒数 · expected seconds, 0 or more.',
	'--rounds': '应为不小于 0 的整数 · expected a whole number, 0 or more.',
	'--seed': '应为整数 · expected a whole number.',
};
