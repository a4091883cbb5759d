import { describe, expect, test } from 'vitest';
import { sortRows } from './sort-rows.ts';

describe('sortRows', () => {
	const rows = [
		{ n: 10, w: '10号' },
		{ n: null, w: null },
		{ n: 9, w: '9号' },
	];

	test('numbers are ordered as numbers', () => {
		expect(sortRows(rows, (row) => row.n, 'up').map((row) => row.n)).toEqual([9, 10, null]);
	});

	test('what is not known stands last in both directions', () => {
		expect(sortRows(rows, (row) => row.n, 'down').map((row) => row.n)).toEqual([10, 9, null]);
	});

	test('numbers inside words count as numbers', () => {
		expect(sortRows(rows, (row) => row.w, 'up').map((row) => row.w)).toEqual(['9号', '10号', null]);
	});

	test('Chinese names follow pinyin', () => {
		const names = ['新塘街道', '北干街道', '闻堰街道'];
		expect(sortRows(names, (name) => name, 'up')).toEqual(['北干街道', '闻堰街道', '新塘街道']);
	});

	test('without a column the order stays', () => {
		expect(sortRows(rows, undefined, 'down')).toBe(rows);
	});
});
