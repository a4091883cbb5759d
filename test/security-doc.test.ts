// docs/security.md cannot drift: every requirement has a row, what is met has evidence that is there, and the tables of
// the document are those of the data.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { problemsOf, rowsOf, withTables } from '../scripts/security-doc.mjs';

test('all 253 requirements of ASVS 5.0 levels 1 and 2 have a row: 70 and 183', () => {
	const rows = rowsOf('asvs.psv');
	const levels = rows.map(({ level }) => level);
	expect([levels.filter((level) => level === '1').length, levels.filter((level) => level === '2').length]).toEqual([
		70, 183,
	]);
});

test('the application items of 等保 level 3 have rows, 8.1.4.1 to 8.1.4.11', () => {
	const items = new Set(rowsOf('dengbao.psv').map(({ id }) => id.split(' ')[0]));
	expect([...items]).toEqual(Array.from({ length: 11 }, (_, i) => `8.1.4.${i + 1}`));
});

test.each(['asvs.psv', 'dengbao.psv'])(
	'%s: every row has a verdict, and what is met has evidence that is there',
	(file) => {
		expect(problemsOf(rowsOf(file))).toEqual([]);
	},
);

test('the threats T1 to T24 each have a row, and every test they name is there', () => {
	const text = readFileSync('docs/security.md', 'utf8');
	const threats = [...text.matchAll(/^\| T(\d+) \|/gm)].map(([, number]) => Number(number));
	expect(threats).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
});

test('the tables of docs/security.md are those of the data: run `node scripts/security-doc.mjs`', () => {
	const text = readFileSync('docs/security.md', 'utf8');
	expect(withTables(text) === text).toBe(true);
});
