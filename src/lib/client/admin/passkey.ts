// Asks the browser for a passkey and tells the server what it said.

import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { ask } from '../ask.ts';

const tell = <T>(body: object) => ask<T>('/account/passkey', 'POST', body);

type Options<F extends (options: never) => unknown> = F extends (options: { optionsJSON: infer O }) => unknown
	? O
	: never;

/** @returns recovery codes, with the first factor only */
export async function addPasskey(name: string): Promise<string[]> {
	const optionsJSON = await tell<Options<typeof startRegistration>>({ do: 'enrol' });
	const response = await startRegistration({ optionsJSON });
	const { codes } = await tell<{ codes: string[] }>({
		do: 'enrolled',
		challenge: optionsJSON.challenge,
		name,
		response,
	});
	return codes;
}

export async function proveByPasskey(): Promise<void> {
	const optionsJSON = await tell<Options<typeof startAuthentication>>({ do: 'prove' });
	const response = await startAuthentication({ optionsJSON });
	await tell({ do: 'proven', challenge: optionsJSON.challenge, response });
}
