// `npm start`: installs, builds, starts the server, and prints one address and one sign-in link per kind of user.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { whenOrphaned } from './orphan.mjs';
import { ensureBuilt, ensureInstalled } from './setup.mjs';
import { main, memory, root } from './steps.mjs';

await main(async () => {
	console.log('工地瞭望 · Sitewatch\n');
	await ensureInstalled();
	await ensureBuilt();

	const server = spawn(process.execPath, [...memory, 'build/programs/server.js'], {
		cwd: root,
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
		env: { NODE_ENV: 'production', LOG_LEVEL: 'warn', ...process.env },
	});
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
	whenOrphaned(() => server.kill('SIGTERM'));
	let since = performance.now();
	const took = () => {
		const seconds = (performance.now() - since) / 1000;
		since = performance.now();
		return seconds.toFixed(1);
	};
	server.on('message', (message) => {
		if (message?.type === 'progress') console.log(`· ${message.line} (+${took()} s)`);
		if (message?.type !== 'ready') return;
		console.log(`✓ 就绪 · ready (+${took()} s)`);
		printDoors(message.url);
	});
	server.on('exit', (code) => process.exit(code ?? 1));
	await new Promise(() => {});
});

function printDoors(url) {
	const file = join(resolve(root, process.env.DATA_DIR || './data'), 'sign-in.json');
	console.log(`\n  地址 · Address   ${url}`);
	const links = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).links : [];
	for (const { label, url: link } of links) console.log(`  ${label}\n      ${link}`);
	console.log('\n  按 Ctrl+C 停止 · Ctrl+C stops the server\n');
}
