// What makes a password acceptable. Two rule books contradict each other, so which one holds is a switch:
// 等保 asks for kinds of characters, ASVS 5.0 forbids asking for them and asks for length instead.

export type PasswordPolicyName = 'dengbao' | 'asvs';

export interface PasswordPolicy {
	minLength: number;
	/** Kinds of characters out of four: small letters, capitals, digits, others. */
	minKinds: number;
	/** Days after which it must be changed; null: never without a reason. */
	changeAfterDays: number | null;
	source: string;
}

export const PASSWORD_POLICIES: Readonly<Record<PasswordPolicyName, PasswordPolicy>> = {
	dengbao: {
		minLength: 10,
		minKinds: 3,
		changeAfterDays: 90,
		source: 'GB/T 22239-2019 8.1.4.1 a (complexity, periodic change); length and days assumed',
	},
	asvs: { minLength: 15, minKinds: 1, changeAfterDays: null, source: 'OWASP ASVS 5.0 V6.2.1, V6.2.5, V6.2.10' },
};

/** Longer than this costs only time; ASVS 5.0 V6.2.9 asks for at least 64. */
const MAX_LENGTH = 128;

export type PasswordFlaw = 'too-short' | 'too-long' | 'too-few-kinds' | 'names-you' | 'too-common';

/** Passwords that every guesser tries first and that pass the other rules, folded to small letters. */
const COMMON = [
	'password',
	'passw0rd',
	'p@ssw0rd',
	'qwerty',
	'admin',
	'welcome',
	'iloveyou',
	'woaini',
	'123456',
	'abc123',
];

/**
 * All flaws of a password, none when it is acceptable. Length counts characters, not bytes: 等 is one.
 * @param about - words that stand for the person or the product: login, name
 */
export function passwordFlaws(password: string, policy: PasswordPolicy, about: readonly string[]): PasswordFlaw[] {
	const flaws: PasswordFlaw[] = [];
	const length = [...password].length;
	if (length < policy.minLength) flaws.push('too-short');
	if (length > MAX_LENGTH) flaws.push('too-long');
	if (kindsIn(password) < policy.minKinds) flaws.push('too-few-kinds');
	const folded = password.toLowerCase();
	if (about.some((word) => word.length >= 3 && folded.includes(word.toLowerCase()))) flaws.push('names-you');
	if (isCommon(folded)) flaws.push('too-common');
	return flaws;
}

/** Whether a password set then must be changed now. The limit is reached, not exceeded. */
export function isTooOld(changedAt: Date, policy: PasswordPolicy, now: Date): boolean {
	if (policy.changeAfterDays === null) return false;
	return now.getTime() - changedAt.getTime() >= policy.changeAfterDays * 86_400_000;
}

function kindsIn(password: string): number {
	return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length;
}

/** A common word with decoration, or a run of one or two characters. */
function isCommon(folded: string): boolean {
	const bare = folded.replace(/[^a-z0-9@]/g, '').replace(/\d{0,4}$/, '');
	return COMMON.includes(bare) || COMMON.includes(folded.replace(/[^a-z0-9@]/g, '')) || new Set(folded).size < 5;
}
