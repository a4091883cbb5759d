// `sitewatch <command> …`: what can be done without a browser. Standard output carries the answer and nothing else;
// a fault is one sentence on standard error and status 1, a call that is not understood status 2.

import { once } from 'node:events';
import { readConfig, type Config } from '#lib/server/config.ts';
import { openDatabases, type Databases } from '#lib/server/db/connection.ts';
import { commands } from './commands.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './usage-error.ts';

const err = (line: string): void => void process.stderr.write(`${line}\n`);

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	// The reader of a pipe has left: nothing more to say to it.
	if (error.code !== 'EPIPE') throw error;
	process.exit(1);
});
process.exitCode = await call(process.argv.slice(2));

async function call([name = '', ...args]: string[]): Promise<number> {
	const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (!load) return overview(name);
	const { run, usage } = await load();
	if (args.some(isCallForHelp)) {
		process.stdout.write(`${usageOf(usage)}\n`);
		return 0;
	}

	let config: Config | undefined;
	let databases: Databases | undefined;
	const context: CliContext = {
		// Set by whoever starts this from another folder than the person stands in.
		cwd: process.env.SITEWATCH_CWD ?? process.cwd(),
		out: (line) => void process.stdout.write(`${line}\n`),
		async write(file) {
			if (!process.stdout.write(file)) await once(process.stdout, 'drain');
		},
		err,
		now: () => new Date(),
		config: () => (config ??= readConfig()),
		async open() {
			databases ??= await openDatabases(this.config(), { log: err });
			return { databases, config: this.config() };
		},
	};
	try {
		return await run(args, context);
	} catch (error) {
		if (error instanceof UsageError) {
			if (error.message) err(error.message);
			err(usageOf(usage));
			return 2;
		}
		err(error instanceof Error ? error.message : String(error));
		return 1;
	} finally {
		await databases?.close();
	}
}

function isCallForHelp(argument: string): boolean {
	return argument === '--help' || argument === '-h';
}

function usageOf(usage: string): string {
	return `用法 · Usage: npm run sitewatch -- ${usage}`;
}

/** Asked for, the overview is an answer; shown because a command is unknown, it is a complaint. */
async function overview(name: string): Promise<number> {
	const asked = name === 'help' || isCallForHelp(name);
	const lines = ['用法 · Usage: npm run sitewatch -- <命令 · command>', ''];
	for (const load of Object.values(commands)) lines.push(`       ${(await load()).usage}`);
	if (asked) process.stdout.write(`${lines.join('\n')}\n`);
	else err([...(name ? [`没有此命令 · There is no such command: ${name}`] : []), ...lines].join('\n'));
	return asked ? 0 : 2;
}
