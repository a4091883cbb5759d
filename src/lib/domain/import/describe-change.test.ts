import { expect, test } from 'vitest';
import { nameOfField, tellValue } from './describe-change.ts';

test.each([
	['stage', '形象进度'],
	['gridId', '所属网格'],
	['location', '位置'],
	['somethingNew', 'somethingNew'],
])('a change of %s is told as %s', (key, zh) => {
	expect(nameOfField('sites', key).zh).toBe(zh);
});

test('values of a choice are told by the word of the trade, others as they stand', () => {
	expect(tellValue('sites', 'stage', 'structure')).toEqual({ zh: '主体', en: 'structure' });
	expect(tellValue('sites', 'owner', '甲公司').zh).toBe('甲公司');
});
