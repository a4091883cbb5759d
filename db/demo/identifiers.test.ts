import { describe, expect, test } from 'vitest';
import { creditCheckCharacter } from './identifiers.ts';
import { demoDistrict } from './district.fixture.ts';

const district = demoDistrict();
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

describe('numbers on papers', () => {
	test('permit numbers are 18 digits: district, a real day, serial, type', () => {
		for (const { permit_no: permit } of district.site) {
			expect(permit).toMatch(/^330109\d{8}\d{2}(01|19)$/);
			const day = `${permit!.slice(6, 10)}-${permit!.slice(10, 12)}-${permit!.slice(12, 14)}`;
			expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
			expect(permit!.slice(14, 16)).not.toBe('00');
		}
	});

	test('project codes have 24 characters', () => {
		for (const site of district.site) expect(site.project_code).toMatch(/^\d{4}-330109-04-01-\d{6}$/);
	});

	test('the check character of a credit code follows GB 32100', () => {
		// 31 minus the weighted sum modulo 31: all zeros give 0, a single 1 in front gives 30.
		expect(creditCheckCharacter('00000000000000000')).toBe('0');
		expect(creditCheckCharacter('10000000000000000')).toBe('Y');
		// 91350100M000100Y43 is the example every validator is tried with.
		expect(creditCheckCharacter('91350100M000100Y4')).toBe('3');
	});

	test('every firm has a credit code whose check character is right', () => {
		for (const { credit_code: code } of district.firm) {
			expect(code).toMatch(/^91330109MA[0-9A-HJ-NP-RTUWXY]{6}[0-9X][0-9A-HJ-NP-RTUWXY]$/);
			const weight = (at: number) => (at === 17 ? 1 : Number(3n ** BigInt(at) % 31n));
			const sum = [...code!].reduce((total, character, at) => total + ALPHABET.indexOf(character) * weight(at), 0);
			expect(sum % 31).toBe(0);
		}
	});
});
