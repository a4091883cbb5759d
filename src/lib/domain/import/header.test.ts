import { describe, expect, test } from 'vitest';
import type { Cell } from './field.ts';
import { findHeader, isNameFor } from './header.ts';

const isSite = isNameFor('sites');
const HEAD: Cell[] = ['序号', '工程名称', '施工许可证号', '经度', '纬度'];
const ROW: Cell[] = [1, '湘湖里二期', '330109202403050101', 120.25, 30.15];

describe('the header of a register', () => {
	test('is the first row with two cells when nothing in it is known', () => {
		expect(findHeader([['台账'], ['a', 'b'], [1, 2]], isSite)).toEqual({ names: ['a', 'b'], last: 1, known: 0 });
	});

	test('stands below its title and below who filled it in and when', () => {
		const sheet = [['施工许可台账'], ['填报单位：区住建局', null, null, '填报日期：2025-06-30'], [], HEAD, ROW];
		expect(findHeader(sheet, isSite)).toEqual({ names: HEAD, last: 3, known: 4 });
	});

	test('of two rows takes the parts of its groups, and what stands above where there are none', () => {
		const above = ['工程名称', '施工许可证号', '参建单位', null, '坐标', null];
		const below = [null, null, '建设单位', '施工单位', '经度', '纬度'];
		expect(findHeader([above, below, ['湘湖里', 'P-1', '甲', '乙', 120.25, 30.15]], isSite)).toEqual({
			names: ['工程名称', '施工许可证号', '建设单位', '施工单位', '经度', '纬度'],
			last: 1,
			known: 6,
		});
	});

	test('of two rows joins a group and its part where that is a name: 建设单位 over 名称', () => {
		const above = ['工程名称', '建设单位', null, '施工单位', null];
		const below = [null, '名称', '信用代码', '名称', '联系人'];
		expect(findHeader([above, below, ['湘湖里', '甲', '', '乙', '丙']], isSite)?.names).toEqual([
			'工程名称',
			'建设单位名称',
			'建设单位信用代码',
			'施工单位名称',
			'联系人',
		]);
	});

	test('of two rows is known by its parts even where they add no name to those above', () => {
		const above = ['工程名称', '建设单位', null, '经度', '纬度'];
		const below = [null, '名称', '联系电话', null, null];
		const { names, last } = findHeader([above, below, ['湘湖里', '甲', '', 120.25, 30.15]], isSite)!;
		expect([names, last]).toEqual([['工程名称', '建设单位名称', '联系电话', '经度', '纬度'], 1]);
	});

	test('is not joined with the first row of data', () => {
		expect(
			findHeader(
				[
					['工程名称', '经度', '纬度', ''],
					['湘湖里', 120.25, 30.15, ''],
				],
				isSite,
			),
		).toMatchObject({ last: 0 });
		expect(findHeader([HEAD, ROW], isSite)).toMatchObject({ names: HEAD, last: 0 });
	});
});
