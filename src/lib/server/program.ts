// Programs and threads of their own. Where this code itself was built they are run as `npm run build` made them
// (scripts/programs.mjs), which begins a second sooner; in development and commands from their source.

import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { programsOfTests } from './config.ts';
import { programFolder } from './program-folder.ts';

/**
 * What `node` has to be called with.
 *
 * @param source - of the program, from its folder on: `src/simulator/main.ts`
 */
export function programArgs(source: string): string[] {
	const built = builtFrom(source);
	return built ? [built] : ['--import', 'tsx', join(programFolder(), source)];
}

/** @param source - as above */
export function openThread(source: string, options: WorkerOptions): Worker {
	const built = builtFrom(source);
	if (built) return new Worker(built, options);
	const begin = join(programFolder(), 'src/lib/server/thread.mjs');
	return new Worker(begin, { ...options, argv: [pathToFileURL(join(programFolder(), source)).href] });
}

/** `src/simulator/main.ts` → `build/programs/simulator/main.js`; undefined where nothing was built. */
function builtFrom(source: string): string | undefined {
	const build = join(programFolder(), 'build');
	const isBuilt = fileURLToPath(import.meta.url).startsWith(build + sep);
	// The tests run from the source and build the programs for themselves.
	const made = programsOfTests() ?? (isBuilt ? join(build, 'programs') : undefined);
	return made && join(made, source.replace(/^src\//, '').replace(/\.ts$/, '.js'));
}
