// `npm run bench -- [NAME …] [--json] [--seconds S]`: runs bench/NAME.ts and prints its table; without a name, all of them.

import { readdirSync } from 'node:fs';
import { ensureBuilt, ensureInstalled } from './setup.mjs';
import { main, Problem, root, run, typescript } from './steps.mjs';

await main(async () => {
	await ensureInstalled();
	const args = process.argv.slice(2);
	const all = readdirSync(`${root}/bench`)
		.filter((file) => file.endsWith('.ts') && file !== 'result.ts' && file !== 'main.ts')
		.map((file) => file.slice(0, -3));
	const seconds = args.includes('--seconds') ? args[args.indexOf('--seconds') + 1] : '10';
	const names = args.filter((arg, i) => !arg.startsWith('--') && args[i - 1] !== '--seconds');
	for (const name of names)
		if (!all.includes(name)) throw new Problem(`No benchmark “${name}”. There are: ${all.join(', ')}`);
	await ensureBuilt();
	const rest = args.includes('--json') ? ['--json'] : [];
	for (const name of names.length ? names : all)
		await run(process.execPath, [...typescript, 'bench/main.ts', name, seconds, ...rest], { show: true });
});
