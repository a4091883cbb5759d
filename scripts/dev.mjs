// `npm run dev`: Vite's development server with the product inside. The app starts its runtime at the first request,
// so one is sent as soon as the port is open.

import { spawn } from 'node:child_process';
import { ensureInstalled, ensureWords } from './setup.mjs';
import { main, root } from './steps.mjs';

await main(async () => {
	await ensureInstalled();
	await ensureWords();
	const port = process.env.PORT || '3000';
	const vite = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'dev', '--port', port, '--strictPort'], {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, PORT: port },
	});
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => vite.kill(signal));
	vite.on('exit', (code) => process.exit(code ?? 1));
	for (let tries = 0; tries < 120; tries++) {
		await new Promise((resolve) => setTimeout(resolve, 500));
		const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
		if (answer) break;
	}
});
