// Names as people type them on a Latin keyboard, for search: `xinjiesongxi xjsx`.

import { pinyin } from 'pinyin-pro';

/** Syllables without tones in one word, a space, and their first letters. Latin letters and digits stay. */
export function pinyinOf(name: string): string {
	const words = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true });
	const clean = words.map((word) => word.toLowerCase().replaceAll(/[^a-z0-9]/g, '')).filter(Boolean);
	return `${clean.join('')} ${clean.map((word) => word[0]).join('')}`;
}
