// Finds a Chromium for the browser tests: CHROMIUM, else an installed one, else Playwright's own, else Debian's package.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Problem, run } from './steps.mjs';

const INSTALLED = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function installed() {
	const found = INSTALLED.find((path) => existsSync(path));
	if (found) return found;
	for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'])
		try {
			return execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
		} catch {
			// not there under this name
		}
	return undefined;
}

async function playwrightsOwn() {
	const { chromium } = await import('@playwright/test');
	if (!existsSync(chromium.executablePath()))
		try {
			await run('npx', ['playwright', 'install', 'chromium']);
		} catch {
			return undefined;
		}
	return chromium.executablePath();
}

async function debians() {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
	await run('apt-get', ['update', '-qq']);
	await run('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-cjk'], {
		env: { DEBIAN_FRONTEND: 'noninteractive' },
	});
	return installed();
}

export async function findBrowser() {
	if (process.env.CHROMIUM) {
		if (existsSync(process.env.CHROMIUM)) return process.env.CHROMIUM;
		throw new Problem(`CHROMIUM names ${process.env.CHROMIUM}, and there is no such file.`);
	}
	const found = installed() ?? (await playwrightsOwn()) ?? (await debians());
	if (found) return found;
	throw new Problem('No Chromium for the browser tests: install Chromium or Chrome, or set CHROMIUM to its path.');
}
