// `npm run demo:reset`: moves the embedded database aside, so that the next start begins with a fresh demo district.

import { existsSync, renameSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensureInstalled } from './setup.mjs';
import { main, Problem, root, run, step, typescript } from './steps.mjs';

await main(async () => {
	if (process.env.DATABASE_URL)
		throw new Problem(
			'demo:reset 只用于内置数据库；当前设置了 DATABASE_URL，未做任何改动。\ndemo:reset is for the embedded database; DATABASE_URL is set, nothing was changed.',
		);
	await ensureInstalled();
	const data = resolve(root, process.env.DATA_DIR || './data');
	await run(process.execPath, [...typescript, 'src/cli/main.ts', 'locks', '--assert-free']).catch((error) => {
		throw new Problem(error.output.trim());
	});
	await step('旧数据改名保留 · keeping the old data aside', async () => {
		if (!existsSync(data)) return 'nothing there yet';
		const aside = `${data}.before-reset-${new Date().toISOString().replaceAll(':', '')}`;
		renameSync(data, aside);
		return `→ ${aside}`;
	});
	console.log('下次 npm start 会载入全新的演示区。 The next npm start loads a fresh demo district.');
});
