import { afterEach, expect, test } from 'vitest';
import type { PlanVisit } from '#lib/domain/planning/plan-problem.ts';
import { overwriteGetLocale } from '../words/generated/runtime.js';
import { brokenWord, limitWords } from './plan-words.ts';

const late = { sentence: { zh: '“s7”晚到 5 分钟', en: '“s7” begins 5 minutes late for “t2”' } };
const visits = new Map([['s7', { name: '城厢雅和湾' } as PlanVisit]]);

afterEach(() => overwriteGetLocale(() => 'zh-CN'));

test.each([
	['zh-CN', '“城厢雅和湾”晚到 5 分钟'],
	['en', '“城厢雅和湾” begins 5 minutes late for Team 2'],
] as const)('a broken rule is told in the language of the page, by names: %s', (locale, words) => {
	overwriteGetLocale(() => locale);
	expect(brokenWord(late, visits)).toBe(words);
});

test.each([
	['zh-CN', '高风险 · 瓜沥镇'],
	['en', 'High risk · Guali'],
] as const)('what a draw was limited to is told in words, not in keys and codes: %s', (locale, words) => {
	overwriteGetLocale(() => locale);
	expect(limitWords('high、330109101', [{ code: '330109101', name: '瓜沥镇', nameEn: 'Guali' }])).toBe(words);
});
