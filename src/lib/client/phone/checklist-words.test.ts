import { expect, test } from 'vitest';
import { linesOf } from './checklist-words.ts';

const line = { text: '临边、洞口防护到位', english: 'Edges and openings are guarded' };

test('a reader of English sees the English, and under it the Chinese that holds', () => {
	expect(linesOf(line, 'en')).toEqual([line.english, line.text]);
	expect(linesOf(line, 'zh-CN')).toEqual([line.text]);
});

test('a line that a bureau wrote for its campaign stands as it was written', () => {
	expect(linesOf({ text: '附着撑杆销轴逐个敲击检查' }, 'en')).toEqual(['附着撑杆销轴逐个敲击检查']);
});
