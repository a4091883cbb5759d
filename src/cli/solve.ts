// `solve PROBLEM.json`: a plan on standard output, how the search goes on standard error. Needs no database.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { solveRules } from '#db/rules/patrol.ts';
import { inBoth } from '#lib/domain/import/sentence.ts';
import { problemFaults } from '#lib/domain/patrol/check.ts';
import type { Plan, Problem } from '#lib/domain/patrol/problem.ts';
import { solveByRounds } from '#lib/domain/patrol/solve.ts';
import { Fault } from '#lib/server/errors.ts';
import { faultOf, SHIPPED, solvePatrol } from '#lib/server/patrol/solve-patrol.ts';
import type { CliContext } from './context.ts';
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
	let parsed;
	try {
		parsed = parseArgs({
			args,
			allowPositionals: true,
			options: {
				seconds: { type: 'string' },
				rounds: { type: 'string' },
				seed: { type: 'string', default: '1' },
				json: { type: 'boolean', default: false },
			},
		});
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
	const file = parsed.positionals[0];
	const { values } = parsed;
	const seconds = Number(values.seconds ?? solveRules.seconds.value);
	const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
	const seed = Number(values.seed);
	const isClear = values.seconds === undefined || rounds === undefined;
	const isRounds = rounds === undefined || (Number.isSafeInteger(rounds) && rounds >= 0);
	if (!file || parsed.positionals.length > 1 || !isClear || !isRounds) throw new UsageError(usage);
	if (!(seconds >= 0 && seconds < Infinity) || !Number.isSafeInteger(seed)) throw new UsageError(usage);
	return { file, seconds, rounds, seed, json: values.json };
}
