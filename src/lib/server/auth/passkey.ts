// Passkeys (WebAuthn): what is asked of the browser and how its answer is judged. Bound to the address people use;
// browsers allow them over https, or on localhost.

import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
	type AuthenticationResponseJSON,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON,
	type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { signInRules } from '#db/rules/access.ts';
import type { PasskeyRow } from '../repositories/factor.ts';

/** The address a passkey belongs to: `https://map.example.gov.cn`. */
export interface Place {
	origin: string;
	/** Host name without port. */
	host: string;
}

export function placeOf(origin: string): Place {
	return { origin, host: new URL(origin).hostname };
}

const TIMEOUT_MS = signInRules.passkeyAttempt.value * 1000;
const NAME = '工地瞭望 Sitewatch';

export function enrolOptions(
	place: Place,
	person: { id: string; login: string; name: string },
	have: readonly PasskeyRow[],
): Promise<PublicKeyCredentialCreationOptionsJSON> {
	return generateRegistrationOptions({
		rpName: NAME,
		rpID: place.host,
		userID: new Uint8Array(Buffer.from(person.id)),
		userName: person.login,
		userDisplayName: person.name,
		timeout: TIMEOUT_MS,
		attestationType: 'none',
		excludeCredentials: have.map(descriptor),
		authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
	});
}

export function proveOptions(
	place: Place,
	have: readonly PasskeyRow[],
): Promise<PublicKeyCredentialRequestOptionsJSON> {
	return generateAuthenticationOptions({
		rpID: place.host,
		timeout: TIMEOUT_MS,
		userVerification: 'required',
		allowCredentials: have.map(descriptor),
	});
}

export interface NewPasskey {
	credentialId: string;
	publicKey: Buffer;
	counter: number;
	transports: string[];
}

/** The new key of an answer; undefined when the answer is not acceptable. */
export async function acceptEnrolment(
	place: Place,
	challenge: string,
	response: unknown,
): Promise<NewPasskey | undefined> {
	try {
		const { verified, registrationInfo } = await verifyRegistrationResponse({
			response: response as RegistrationResponseJSON,
			expectedChallenge: challenge,
			expectedOrigin: place.origin,
			expectedRPID: place.host,
			requireUserVerification: true,
		});
		if (!verified) return undefined;
		const { id, publicKey, counter, transports } = registrationInfo.credential;
		return { credentialId: id, publicKey: Buffer.from(publicKey), counter, transports: transports ?? [] };
	} catch {
		return undefined;
	}
}

/** The new counter of a key that answered rightly; undefined when the answer is not acceptable. */
export async function acceptProof(
	place: Place,
	challenge: string,
	response: unknown,
	key: PasskeyRow,
): Promise<number | undefined> {
	try {
		const { verified, authenticationInfo } = await verifyAuthenticationResponse({
			response: response as AuthenticationResponseJSON,
			expectedChallenge: challenge,
			expectedOrigin: place.origin,
			expectedRPID: place.host,
			requireUserVerification: true,
			credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: key.counter },
		});
		return verified ? authenticationInfo.newCounter : undefined;
	} catch {
		return undefined;
	}
}

function descriptor({ credentialId, transports }: PasskeyRow) {
	return { id: credentialId, transports };
}
