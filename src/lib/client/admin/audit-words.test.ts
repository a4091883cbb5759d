import { expect, test } from 'vitest';
import { AUDIT_ACTIONS } from '#lib/domain/access/audit-action.ts';
import { deeds, deedWord } from './audit-words.ts';

test('the auditor chooses among all deeds by their words, and no two are called the same', () => {
	expect(deeds()).toHaveLength(AUDIT_ACTIONS.length);
	expect(new Set(deeds().map(({ label }) => label)).size).toBe(AUDIT_ACTIONS.length);
	expect(deedWord('import:commit')).toBe('导入台账');
});

test('a deed of an earlier version stands as it was written', () => {
	expect(deedWord('site:paint')).toBe('site:paint');
});
