// How the scripts speak: one line per step with the time it took, one sentence when something is wrong.

import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A problem the person at the keyboard can act on: printed without a stack. */
export class Problem extends Error {}

/**
 * Runs `work`, says what is being done and how long it took. `work` may return a few words on the outcome.
 * Steps that run beside others (`isBeside`) say only how they ended.
 */
export async function step(title, work, { isBeside = false } = {}) {
	const began = process.hrtime.bigint();
	const back = isBeside ? '' : '\r';
	if (!isBeside) process.stdout.write(`· ${title} …`);
	try {
		const outcome = await work();
		const seconds = Number(process.hrtime.bigint() - began) / 1e9;
		process.stdout.write(`${back}✓ ${title} (${seconds.toFixed(1)} s)${outcome ? ` ${outcome}` : ''}\n`);
	} catch (error) {
		process.stdout.write(`${back}✗ ${title}\n`);
		throw error;
	}
}

/** Runs a program to its end; its output is shown only when it fails (or as it comes with `show`). */
export function run(command, args, { env = {}, show = false, cwd = root } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd,
			env: { ...process.env, ...env },
			stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
			shell: process.platform === 'win32',
		});
		const output = [];
		child.stdout?.on('data', (chunk) => output.push(chunk));
		child.stderr?.on('data', (chunk) => output.push(chunk));
		child.on('error', reject);
		child.on('close', (code, signal) => {
			const text = Buffer.concat(output).toString();
			if (code === 0) resolve(text);
			else
				reject(
					Object.assign(new Problem(`${command} ${args.join(' ')} → ${signal ?? code}\n${text}`), {
						code,
						output: text,
					}),
				);
		});
	});
}

/** Node with the TypeScript loader, for the product's own programs. */
export const typescript = ['--import', 'tsx'];

/**
 * For the server: readings under way to the database must not be copied again and again by a garbage collection that
 * runs full every few thousand of them.
 */
export const memory = ['--max-semi-space-size=32'];

/** Runs a script's main part; a Problem ends in its sentence and exit status 1. */
export async function main(work) {
	process.chdir(root);
	try {
		await work();
	} catch (error) {
		console.error(error instanceof Problem ? error.message : error);
		process.exit(1);
	}
}
