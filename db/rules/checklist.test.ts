import { expect, test } from 'vitest';
import { checklistLines } from './checklist.ts';

test('every shipped line stands in English beside its Chinese, and names its source', () => {
	for (const { key, text, english, source } of checklistLines) {
		expect(english ?? '', key).toMatch(/^[\x20-\x7e]+$/);
		expect([text, source].every(Boolean), key).toBe(true);
	}
});
