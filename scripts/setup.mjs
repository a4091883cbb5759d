// Installs what is missing: the right Node, the packages of the lock file, the words, the build.
// Plain Node, because nothing else is there on a fresh machine.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, root, run, step } from './steps.mjs';

const WANTED = [20, 19];

export function checkNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major < WANTED[0] || (major === WANTED[0] && minor < WANTED[1]))
		throw new Problem(
			`需要 Node ≥ ${WANTED.join('.')}，当前为 ${process.versions.node}。\nNode ≥ ${WANTED.join('.')} is needed, this is ${process.versions.node}: https://nodejs.org`,
		);
}

/** Whether node_modules holds every package of the lock file in its version. */
function isInstalled() {
	const installed = join(root, 'node_modules/.package-lock.json');
	if (!existsSync(installed)) return false;
	const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
	const want = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
	return Object.entries(want).every(
		([path, { version, optional, devOptional, peer }]) =>
			path === '' || optional || devOptional || peer || have[path]?.version === version,
	);
}

export async function ensureInstalled() {
	checkNode();
	if (isInstalled()) return;
	await step('安装依赖 · installing packages', async () => {
		try {
			// Not `npm ci`: it refuses a lock file that lacks optional packages of other platforms, which a registry
			// that does not carry them leaves out. The versions of the lock file hold all the same.
			await run('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
		} catch (error) {
			throw new Problem(
				`依赖安装失败：请检查网络或 npm 镜像设置。\nThe packages could not be installed; check the network or the npm registry setting.\n${error.output ?? error.message}`,
			);
		}
	});
}

const SOURCES = [
	'src',
	'static',
	'svelte.config.js',
	'vite.config.ts',
	'scripts/programs.mjs',
	'package-lock.json',
	'db',
];

/** What the compiler of the words makes, and what it leaves beside its settings: no sources. */
const MADE = /words\/(generated$|project\.inlang\/(?!settings\.json$))/;

/** A hash over everything the build is made from: the same sources have the same name on every machine. */
function sourceHash() {
	const hash = createHash('sha256');
	const walk = (path) => {
		if (MADE.test(path)) return;
		if (!statSync(join(root, path)).isDirectory()) return void hash.update(path).update(readFileSync(join(root, path)));
		for (const name of readdirSync(join(root, path)).sort()) walk(`${path}/${name}`);
	};
	SOURCES.forEach(walk);
	return hash.digest('hex');
}

export async function ensureWords() {
	const { compileWords } = await import('./words.mjs');
	await compileWords();
}

/** Two builds in one folder would mix their files: the second waits for the first, and takes over from one that died. */
async function whileBuildingAlone(work) {
	const lock = join(root, '.svelte-kit/building');
	mkdirSync(join(root, '.svelte-kit'), { recursive: true });
	for (;;) {
		try {
			writeFileSync(lock, String(process.pid), { flag: 'wx' });
			break;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
			if (!isAlive(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true });
			else await new Promise((resolve) => setTimeout(resolve, 500));
		}
	}
	try {
		await work();
	} finally {
		rmSync(lock, { force: true });
	}
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return pid > 0;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

export async function ensureBuilt() {
	const stamp = join(root, 'build/.sources');
	const isBuilt = (hash) => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
	if (isBuilt(sourceHash())) return;
	await step('构建 · building', () =>
		whileBuildingAlone(async () => {
			const hash = sourceHash();
			if (isBuilt(hash)) return;
			await ensureWords();
			await run(process.execPath, ['node_modules/vite/bin/vite.js', 'build'], { env: { SITEWATCH_SOURCES: hash } });
			await run(process.execPath, ['scripts/programs.mjs']);
			writeFileSync(stamp, hash);
		}),
	);
}
