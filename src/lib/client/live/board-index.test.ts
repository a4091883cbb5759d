import { afterEach, expect, test } from 'vitest';
import type { Board, TownProperties } from '#lib/contract/board.ts';
import { overwriteGetLocale } from '../words/generated/runtime.js';
import { BoardIndex } from './board-index.ts';

afterEach(() => overwriteGetLocale(() => 'zh-CN'));

const TOWNS: TownProperties[] = [
	{ code: '330109003', name: '北干街道', nameEn: 'Beigan', siteCount: 3, note: null },
	{ code: '330109112', name: '河上镇', nameEn: null, siteCount: 1, note: null },
];
const index = new BoardIndex({
	...{ sites: none(), machines: none(), pits: none(), points: none(), grids: none() },
	towns: { features: TOWNS.map((properties) => ({ properties })) },
} as unknown as Board);

function none() {
	return { features: [] };
}

test.each([
	['zh-CN', '330109003', '北干街道'],
	['en', '330109003', 'Beigan'],
	['en', '330109112', '河上镇'],
	['en', '330109999', undefined],
	['zh-CN', null, undefined],
] as const)('on a page in %s the town %s is called %s', (locale, code, name) => {
	overwriteGetLocale(() => locale);
	expect(index.townName(code)).toBe(name);
});
