// What is wrong with a password, as a sentence.

import { m } from '#lib/client/words/generated/messages.js';
import type { PasswordFlaw } from '#lib/domain/access/password-policy.ts';

const FLAW: Record<PasswordFlaw, () => string> = {
	'too-short': m.login_flawTooShort,
	'too-long': m.login_flawTooLong,
	'too-few-kinds': m.login_flawKinds,
	'names-you': m.login_flawNamesYou,
	'too-common': m.login_flawCommon,
};

export const flawWord = (flaw: PasswordFlaw): string => FLAW[flaw]();
