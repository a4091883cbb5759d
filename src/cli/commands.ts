// The commands there are, each loaded when it is called. A new one is a file and a line here.

import type { CliContext } from './context.ts';

export interface Command {
	usage: string;
	/** Answers the exit status. */
	run(args: string[], context: CliContext): Promise<number>;
}

export const commands: Record<string, () => Promise<Command>> = {
	import: () => import('./import.ts'),
	export: () => import('./export.ts'),
	user: () => import('./user.ts'),
	token: () => import('./token.ts'),
	solve: () => import('./solve.ts'),
	'draw-verify': () => import('./draw-verify.ts'),
	'verify-audit': () => import('./verify-audit.ts'),
	migrate: () => import('./migrate.ts'),
	backup: () => import('./backup.ts'),
	'move-to-server': () => import('./move-to-server.ts'),
	restore: () => import('./restore.ts'),
	'demo-reset': () => import('./demo-reset.ts'),
	doctor: () => import('./doctor.ts'),
};
