// T21: what is installed is what was written down, and nothing runs while it is installed.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
	dependencies: Record<string, string>;
	devDependencies: Record<string, string>;
};
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
	packages: Record<string, { version?: string; integrity?: string; inBundle?: boolean; link?: boolean }>;
};

test('every package is named with one exact version', () => {
	const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
	expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test('the lock file holds a checksum for everything that is fetched', () => {
	const fetched = Object.entries(lock.packages).filter(
		([path, { link, inBundle }]) => path !== '' && !link && !inBundle,
	);
	expect(fetched.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
});

test('install scripts do not run', () => {
	expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts\s*=\s*true$/m);
});

test('npm run sbom lists every direct dependency without asking the network', () => {
	const printed = execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
	const bill = JSON.parse(printed) as {
		bomFormat: string;
		components: { name: string; group?: string; version: string }[];
	};
	expect(bill.bomFormat).toBe('CycloneDX');
	const listed = new Set(
		bill.components.map(({ name, group, version }) => `${group ? `${group}/` : ''}${name}@${version}`),
	);
	const missing = Object.entries(manifest.dependencies).filter(([name, version]) => !listed.has(`${name}@${version}`));
	expect(missing).toEqual([]);
});
