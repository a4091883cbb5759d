// `npm run sitewatch -- <command> …`: hands over to src/cli/main.ts with the same standard input and output.

import { spawnSync } from 'node:child_process';
import { ensureInstalled } from './setup.mjs';
import { main, root, typescript } from './steps.mjs';

await main(async () => {
	await ensureInstalled();
	const given = process.argv.slice(2);
	// npm runs scripts in the project's folder; file names are meant from where the person stands.
	const { status } = spawnSync(process.execPath, [...typescript, 'src/cli/main.ts', ...given], {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, SITEWATCH_CWD: process.env.INIT_CWD ?? root },
	});
	process.exit(status ?? 1);
});
