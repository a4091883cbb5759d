import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programArgs } from './program.ts';

test('every program and thread that is started somewhere has been built', () => {
	const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
	const sources = files.flatMap((name) =>
		[...readFileSync(join('src', name), 'utf8').matchAll(/(?:programArgs|openThread)\('([^']+)'/g)].map(
			([, source]) => source!,
		),
	);
	expect(sources.length).toBeGreaterThan(4);
	for (const source of sources) {
		const [built] = programArgs(source);
		expect(built, source).toMatch(/\.js$/);
		expect(existsSync(built!), built).toBe(true);
	}
});
