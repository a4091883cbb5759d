import { describe, expect, test } from 'vitest';
import type { Cell, Field } from './field.ts';
import { fieldsOf } from './fields.ts';
import { parseCell } from './parse-cell.ts';

const field = (kind: Parameters<typeof fieldsOf>[0], key: string): Field =>
	fieldsOf(kind).find((one) => one.key === key)!;

describe('floor areas', () => {
	const area = field('sites', 'floorAreaM2');
	test.each<[string, string, Cell, number | null | undefined]>([
		['a plain number', '建筑面积', '32000', 32_000],
		['thousands separators', '建筑面积', '1,234,567.5', 1_234_567.5],
		['full-width digits', '建筑面积', '３２０００', 32_000],
		['a unit behind the number', '建筑面积', '3.2万㎡', 32_000],
		['万 alone counts in the unit of the header', '建筑面积', '3.2万', 32_000],
		['a unit in the header', '建筑面积（万㎡）', '3.2', 32_000],
		['a unit in the header, written out', '总建筑面积(单位：平方米)', 500, 500],
		['the unit at the number wins over the header', '建筑面积（万㎡）', '500㎡', 500],
		['square feet', 'totalsqft', '1000', 92.90304],
		['hectares', '面积', '1.5公顷', 15_000],
		['a dash is nothing', '建筑面积', '-', null],
		['无 is nothing', '建筑面积', '无', null],
		['1,5 may be 1.5 or 15 and is refused', '建筑面积', '1,5', undefined],
		['text is refused', '建筑面积', '约三万', undefined],
		['a negative area is refused', '建筑面积', '-5', undefined],
		['an area above any site is refused', '建筑面积', '3e9', undefined],
		['a number of another quantity is refused', '建筑面积', '32 kN·m', undefined],
		['infinity is refused', '建筑面积', Infinity, undefined],
		['true is refused', '建筑面积', true, undefined],
	])('%s', (_, header, cell, value) => {
		expect(parseCell(area, header, cell)).toBe(value);
	});
});

describe('rated moments', () => {
	const moment = field('machines', 'ratedMomentKnm');
	test.each<[string, string, Cell, number | undefined]>([
		['are kept in kN·m', '额定起重力矩(kN·m)', '630', 630],
		['t·m counts ten, as the trade does: QTZ63 is 630 kN·m', '额定起重力矩（t·m）', '63', 630],
		['the unit may stand at the number', '额定起重力矩', '63吨·米', 630],
		['another middle dot is the same unit', '额定起重力矩', '630kN•m', 630],
		['zero is none', '额定起重力矩', '0', undefined],
	])('%s', (_, header, cell, value) => {
		expect(parseCell(moment, header, cell)).toBe(value);
	});
});

describe('days', () => {
	const started = field('sites', 'startedOn');
	const made = field('machines', 'manufacturedOn');
	test.each<[string, Field, Cell, string | null | undefined]>([
		['ISO', started, '2024-03-05', '2024-03-05'],
		['ISO with a time', started, '2013-07-08T00:00:00.000', '2013-07-08'],
		['slashes', started, '2024/3/5', '2024-03-05'],
		['dots', started, '2024.03.05', '2024-03-05'],
		['eight digits', started, '20240305', '2024-03-05'],
		['Chinese', started, '2024年3月5日', '2024-03-05'],
		['Chinese numerals', started, '二〇二四年十二月三十一日', '2024-12-31'],
		['Chinese numerals, tenth of October', started, '二零二四年十月十日', '2024-10-10'],
		["Excel's serial number", started, 45356, '2024-03-05'],
		["Excel's serial number as text", started, '45356', '2024-03-05'],
		['eight figures kept as a number', started, 20250601, '2025-06-01'],
		['a leap day', started, '2024-02-29', '2024-02-29'],
		['empty', started, '', null],
		['no leap day that year', started, '2023-02-29', undefined],
		['nobody can say which is the month', started, '07/08/2013', undefined],
		['a year before the registers', started, '1900-01-01', undefined],
		['a month alone is no day', started, '2024年3月', undefined],
		['but it is for when a machine left the factory: its first day', made, '2019.05', '2019-05-01'],
		['also in Chinese', made, '2019年5月', '2019-05-01'],
	])('%s', (_, one, cell, value) => {
		expect(parseCell(one, one.name.zh, cell)).toBe(value);
	});
});

describe('positions', () => {
	const x = field('sites', 'longitude');
	test.each<[string, Cell, number | undefined]>([
		['decimal degrees', '120.264', 120.264],
		['degrees, minutes, seconds', '120°15′50.4″', 120.264],
		['with a letter for the west', '114°4′48″W', -114.08],
		['with a letter before it', 'E120°15\'50.4"', 120.264],
		['with a word before it', '东经120°15′50.4″', 120.264],
		['with a letter for the west before it', 'W114°4′48″', -114.08],
		['decimal degrees with their sign', '120.264°', 120.264],
		['decimal degrees with a letter', 'E120.264', 120.264],
		['decimal degrees between words', '东经120.264度', 120.264],
		['full-width decimal degrees', '１２０．２６４', 120.264],
		['decimal minutes', '120°15.84′', 120.264],
		['the ordinal sign for that of degrees', '120º15′50.4″', 120.264],
		['a letter of the other axis is no longitude', 'N30.264', undefined],
		['decimal degrees have no minutes', '120.5°15′', undefined],
		['sixty minutes are none', '120°60′', undefined],
	])('%s', (_, cell, value) => {
		const read = parseCell(x, '经度', cell);
		expect(typeof read === 'number' ? Number(read.toFixed(9)) : read).toBe(value);
	});
});

describe('numbers that name things', () => {
	const permit = field('sites', 'permitNo');
	const credit = field('sites', 'ownerCreditCode');
	const grid = field('grids', 'code');
	test.each<[string, Field, Cell, string | undefined]>([
		['a permit is kept as written, without blanks', permit, ' 330109 202403050101 ', '330109202403050101'],
		[
			'full-width digits and small letters become one spelling',
			permit,
			'３３０１０９202403050101s',
			'330109202403050101S',
		],
		['a permit of another shape is kept', permit, '[2018]施[朝]建字0072号', '[2018]施[朝]建字0072号'],
		['eighteen digits kept as a number have lost their last ones', permit, 3.30109202403051e17, undefined],
		['and so they have as text', permit, '3.30109E+17', undefined],
		['text of a wrong encoding is refused', permit, '\ufffd\ufffd', undefined],
		['a credit code as published', credit, '91110000802100433B', '91110000802100433B'],
		['one letter off', credit, '91110000802100433C', undefined],
		['a grid code has fifteen digits', grid, '330109001002003', '330109001002003'],
		['fourteen are too few', grid, '33010900100200', undefined],
	])('%s', (_, one, cell, value) => {
		expect(parseCell(one, one.name.zh, cell)).toBe(value);
	});
});

describe('choices', () => {
	test.each<[string, Field, Cell, string | undefined]>([
		['塔吊 is a tower crane', field('machines', 'kind'), '塔吊', 'towerCrane'],
		['the key itself is fine', field('machines', 'kind'), 'towerCrane', 'towerCrane'],
		['in brackets of either width', field('machines', 'kind'), '塔式起重机（塔吊）', 'towerCrane'],
		['an unknown kind is not guessed', field('machines', 'kind'), '挖掘机', undefined],
		['竣工 is finished', field('sites', 'state'), '竣工', 'finished'],
	])('%s', (_, one, cell, value) => {
		expect(parseCell(one, one.name.zh, cell)).toBe(value);
	});
});

describe('boundaries as text', () => {
	const shape = field('pits', 'boundary');
	test.each<[string, string, number | undefined]>([
		['a polygon', 'POLYGON ((120 30, 120.1 30, 120.1 30.1, 120 30))', 1],
		['several', 'MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((2 2,3 2,3 3,2 2)))', 2],
		['with heights and a number of the system', 'SRID=4326;POLYGON Z((0 0 5,1 0 5,1 1 5,0 0 5))', 1],
		['a line is none', 'LINESTRING (0 0, 1 1)', undefined],
		['brackets that do not close are none', 'POLYGON ((0 0, 1 0, 1 1, 0 0)', undefined],
		['words are none', 'POLYGON ((a b))', undefined],
	])('%s', (_, cell, polygons) => {
		const value = parseCell(shape, '边界', cell);
		expect(value && typeof value === 'object' && value.type === 'MultiPolygon' ? value.coordinates.length : value).toBe(
			polygons,
		);
	});
});

describe('an outline as WKT', () => {
	const shape = fieldsOf('pits').find(({ key }) => key === 'boundary')!;
	const read = (written: string) => parseCell(shape, '轮廓(WKT)', written);
	const square = [
		[
			[
				[120, 30],
				[121, 30],
				[121, 31],
				[120, 30],
			],
		],
	];

	test.each([
		['a polygon', 'POLYGON ((120 30, 121 30, 121 31, 120 30))'],
		['small letters, blanks and line ends', ' polygon((120 30,\n121 30,121  31,120 30)) '],
		['a multipolygon', 'MULTIPOLYGON (((120 30, 121 30, 121 31, 120 30)))'],
		['a datum before it, which has to be named all the same', 'SRID=4490;POLYGON((120 30,121 30,121 31,120 30))'],
		['brackets and commas of a Chinese keyboard', 'POLYGON（（120 30，121 30，121 31，120 30））'],
	])('%s', (_, written) => {
		expect(read(written)).toEqual({ type: 'MultiPolygon', coordinates: square });
	});

	test.each([
		['a point', 'POINT (120 30)'],
		['a line', 'LINESTRING (120 30, 121 30)'],
		['a bracket that is missing', 'POLYGON ((120 30, 121 30, 121 31, 120 30)'],
		['a number without its pair', 'POLYGON ((120 30, 121, 121 31, 120 30))'],
		['nothing inside', 'POLYGON EMPTY'],
		['words', '见附图'],
	])('is refused: %s', (_, written) => {
		expect(read(written)).toBeUndefined();
	});
});
