// Codes of an authenticator app (RFC 6238): six digits, thirty seconds, each taken once.

import { generateSecret, generateURI, verifySync } from 'otplib';
import { signInRules } from '#db/rules/access.ts';

const PERIOD_S = 30;

export function newTotpSecret(): string {
	return generateSecret({ length: 20 });
}

/** The address an authenticator app reads from a QR code. */
export function totpUri(secret: string, login: string, issuer: string): string {
	return generateURI({ issuer, label: login, secret });
}

/**
 * The time step a code belongs to; undefined when it is wrong, too old, or was used before.
 * @param lastStep - the step of the last code that was taken
 */
export function stepOfCode(secret: string, code: string, at: Date, lastStep: number): number | undefined {
	const token = code.replace(/\s/g, '');
	if (!/^\d{6}$/.test(token)) return undefined;
	const epoch = Math.floor(at.getTime() / 1000);
	const result = verifySync({
		secret,
		token,
		epoch,
		period: PERIOD_S,
		epochTolerance: signInRules.totpTolerance.value,
	});
	if (!result.valid) return undefined;
	const step = Math.floor(epoch / PERIOD_S) + (result.delta ?? 0);
	return step > lastStep ? step : undefined;
}
