import { describe, expect, test } from 'vitest';
import { maskedContact, maskedName, maskedNumber } from './masked.ts';

describe('what is shown of a person without the right to personal data', () => {
	test.each([
		['a name keeps its first character', maskedName('欧阳娜'), '欧＊'],
		['one outside the basic plane, too', maskedName('𠮷田'), '𠮷＊'],
		['nobody on record stays nobody', maskedName(null), null],
		['a mobile number keeps three and two', maskedNumber('13812345678'), '138＊＊78'],
		['an extension keeps one', maskedNumber('82345'), '8＊＊'],
		['name and number in one field', maskedContact('沈岚 13812345678'), '沈＊ 138＊＊78'],
		['several of them', maskedContact('沈岚：0571-82345678、陈立'), '沈＊：057＊＊78、陈＊'],
		['no contact stays none', maskedContact(null), null],
	])('%s', (_, shown, expected) => {
		expect(shown).toBe(expected);
	});

	test('a name written onto its number shows neither', () => {
		expect(maskedContact('沈岚13812345678')).not.toContain('1234');
	});
});
