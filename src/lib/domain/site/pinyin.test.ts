import { expect, test } from 'vitest';
import { pinyinOf } from './pinyin.ts';

test.each([
	['萧山', 'xiaoshan xs'],
	['绿城', 'lvcheng lc'],
	['3号地块', '3haodikuai 3hdk'],
	['ABC大厦（二期）', 'abcdashaerqi adseq'],
	['', ' '],
])('%s is found by %s', (name, expected) => {
	expect(pinyinOf(name)).toBe(expected);
});
