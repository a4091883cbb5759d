// `solve PROBLEM.json`: a plan on standard output, how the search goes on standard error. Needs no database.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { solveRules } from '#db/rules/patrol.ts';
import { Fault } from '#lib/server/errors.ts';
import { solvePatrol } from '#lib/server/patrol/solve-patrol.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './usage-error.ts';

export const usage = 'solve PROBLEM.json [--seconds S] [--seed N] [--json]';

/** With `--json` the plan is one line and standard error stays silent. */
export async function run(args: string[], context: CliContext): Promise<number> {
	const { file, seconds, seed, json } = readArgs(args);
	const problem = await readProblem(resolve(context.cwd, file));
	let told = -1;
	const plan = await solvePatrol(problem, {
		seconds,
		seed,
		onProgress: ({ done, iterations, cost }) => {
			const second = Math.floor(done * seconds);
			if (json || second === told) return;
			told = second;
			context.err(`${second} s · ${iterations.toLocaleString('en')} · ${cost.toFixed(2)}`);
		},
	});
	context.out(JSON.stringify(plan, undefined, json ? undefined : '\t'));
	return 0;
}

async function readProblem(path: string): Promise<unknown> {
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (cause) {
		throw new Fault('not-found', path, `打不开文件“${path}” · “${path}” cannot be opened.`, { cause });
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
				seconds: { type: 'string', default: String(solveRules.seconds.value) },
				seed: { type: 'string', default: '1' },
				json: { type: 'boolean', default: false },
			},
		});
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
	const file = parsed.positionals[0];
	const seconds = Number(parsed.values.seconds);
	const seed = Number(parsed.values.seed);
	if (!file || parsed.positionals.length > 1 || !(seconds >= 0 && seconds < Infinity) || !Number.isSafeInteger(seed))
		throw new UsageError(usage);
	return { file, seconds, seed, json: parsed.values.json };
}
