import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('docs/faults.md says what the tests say', () => {
	expect(() => execFileSync(process.execPath, ['scripts/faults.mjs', '--check'], { stdio: 'pipe' })).not.toThrow();
});

test('all 52 faults of the model stand in the list, each with what happens then', () => {
	const faults = JSON.parse(readFileSync('docs/faults.json', 'utf8')) as { no: string; behaviour: string }[];
	const numbers = Array.from({ length: 52 }, (_, i) => `F-${String(i + 1).padStart(2, '0')}`);
	expect(faults.map(({ no }) => no)).toEqual(numbers);
	expect(faults.filter(({ behaviour }) => behaviour.length < 10)).toEqual([]);
});
