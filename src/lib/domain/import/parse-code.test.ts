import { expect, test } from 'vitest';
import { isCreditCode, parsePermit } from './parse-code.ts';

test('an 18-digit permit tells district, day, serial and works', () => {
	expect(parsePermit('330109202403050201')).toEqual({
		district: '330109',
		issuedOn: '2024-03-05',
		serial: '02',
		works: '01',
		suffix: '',
	});
});

test('letters behind it are its suffix', () => {
	expect(parsePermit('330109202403050201SJ')?.suffix).toBe('SJ');
});

test.each([
	['a permit of Beijing', '[2018]施[朝]建字0072号'],
	['a month that is none', '330109202413050201'],
	['works above 19', '330109202403050220'],
	['a permit of Calgary', 'BP2013-09623'],
])('%s is not taken apart', (_, permit) => {
	expect(parsePermit(permit)).toBeUndefined();
});

test.each([
	['91110000802100433B', true],
	['91330100799655058B', true],
	['91330100799655058A', false],
	['9133010079965505IB', false],
	['91330100799655058', false],
])('%s as credit code: %s', (code, good) => {
	expect(isCreditCode(code)).toBe(good);
});
