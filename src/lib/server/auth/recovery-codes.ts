// Codes for the day the telephone is lost: written down once, each good for one sign-in.

import { randomInt } from 'node:crypto';
import { signInRules } from '#db/rules/access.ts';
import { sha256 } from './secret.ts';

/** Without letters and digits that look alike. 12 of 30 characters: 58 bits. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const LENGTH = 12;

export function newRecoveryCodes(): string[] {
	return Array.from({ length: signInRules.recoveryCodes.value }, () =>
		Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)])
			.join('')
			.replace(/(.{4})(?=.)/g, '$1-'),
	);
}

/** As stored; dashes, blanks and small letters do not matter. */
export function hashOfCode(code: string): Buffer {
	return sha256(code.toUpperCase().replace(/[^A-Z0-9]/g, ''));
}
