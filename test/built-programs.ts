// Before all tests: what runs beside the tests' own process (the embedded database, the threads, the simulator) is built
// as for the product. From the source each would translate its modules anew, a thousand times in one run of all tests.

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Within the project, where Node finds the packages; of this run, so that another does not take them away. */
const folder = resolve(import.meta.dirname, '..', join('.svelte-kit', `programs-${process.pid}`));

export function setup(): void {
	execFileSync(process.execPath, ['scripts/programs.mjs', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
	process.env.SITEWATCH_PROGRAMS = folder;
}

export function teardown(): void {
	rmSync(folder, { recursive: true, force: true });
}
