// Asks the browser for a passkey and tells the server what it said.

import { startAuthentication, startRegistration } from '@simplewebauthn/browser';

const ADDRESS = '/account/passkey';

async function ask<T>(body: object): Promise<T> {
	const answer = await fetch(ADDRESS, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!answer.ok) throw new Error(`passkey: ${answer.status}`);
	return (await answer.json()) as T;
}

type Options<F extends (options: never) => unknown> = F extends (options: { optionsJSON: infer O }) => unknown
	? O
	: never;

/** @returns recovery codes, with the first factor only */
export async function addPasskey(name: string): Promise<string[]> {
	const optionsJSON = await ask<Options<typeof startRegistration>>({ do: 'enrol' });
	const response = await startRegistration({ optionsJSON });
	const { codes } = await ask<{ codes: string[] }>({
		do: 'enrolled',
		challenge: optionsJSON.challenge,
		name,
		response,
	});
	return codes;
}

export async function proveByPasskey(): Promise<void> {
	const optionsJSON = await ask<Options<typeof startAuthentication>>({ do: 'prove' });
	const response = await startAuthentication({ optionsJSON });
	await ask({ do: 'proven', challenge: optionsJSON.challenge, response });
}
