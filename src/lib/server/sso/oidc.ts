// Single sign-on by OpenID Connect: authorisation code with PKCE, state and nonce, the code exchanged by the server.
// Signature, issuer, audience, times and nonce of the ID token are checked by openid-client.

import * as client from 'openid-client';
import { Fault } from '../errors.ts';
import type { Outbound } from '../outbound/outbound.ts';
import type { IdentityProvider } from './identity-provider.ts';

export interface OidcSettings {
	issuer: string;
	clientId: string;
	clientSecret: string;
	name: string;
}

/** How long what the provider says about itself is believed. */
const DISCOVERED_FOR_MS = 3600 * 1000;
/** Seconds the clocks of both may differ. */
const CLOCKS_DIFFER_S = 30;

export function oidcProvider(
	settings: OidcSettings,
	outbound: Outbound,
	now: () => number = Date.now,
): IdentityProvider {
	const { issuer, clientId, clientSecret, name } = settings;
	let known: { config: client.Configuration; atMs: number } | undefined;

	/** openid-client asks as with `fetch`; it goes out by the one way out. */
	const ask: client.CustomFetch = async (url, { method, headers, body, signal }) =>
		outbound.ask(url, {
			method,
			headers,
			...(signal && { signal }),
			...(body !== null && body !== undefined && { body: String(body as string | URLSearchParams) }),
		});

	async function discovered(): Promise<client.Configuration> {
		if (known && now() - known.atMs < DISCOVERED_FOR_MS) return known.config;
		const config = await told(
			client.discovery(
				new URL(issuer),
				clientId,
				{ [client.clockTolerance]: CLOCKS_DIFFER_S },
				authentication(clientSecret),
				{
					[client.customFetch]: ask,
					execute: [
						// Without this the signature of an ID token that came over TLS would not be looked at.
						client.enableNonRepudiationChecks,
						// For a provider inside the office network that its operator wrote down as http.
						...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : []),
					],
				},
			),
		);
		known = { config, atMs: now() };
		return config;
	}

	return {
		id: 'oidc',
		name,
		issuer,
		async begin(back) {
			const config = await discovered();
			const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
			const url = client.buildAuthorizationUrl(config, {
				redirect_uri: back,
				scope: 'openid',
				state,
				nonce,
				code_challenge: await client.calculatePKCECodeChallenge(verifier),
				code_challenge_method: 'S256',
			});
			return { url: url.href, state, kept: { state, nonce, verifier } };
		},
		async complete(callback, { state, nonce, verifier }, back) {
			const config = await discovered();
			// The address the provider was given, whatever a proxy made of it on the way.
			const url = new URL(back);
			url.search = callback.search;
			const tokens = await told(
				client.authorizationCodeGrant(config, url, {
					expectedState: state,
					expectedNonce: nonce,
					pkceCodeVerifier: verifier,
					idTokenExpected: true,
				}),
			);
			const claims = tokens.claims();
			if (!claims) throw notAcceptable('no ID token');
			return { issuer: claims.iss, subject: claims.sub };
		},
	};
}

function authentication(secret: string): client.ClientAuth {
	return secret === '' ? client.None() : client.ClientSecretBasic(secret);
}

const notAcceptable = (why: string, cause?: unknown) =>
	new Fault(
		'forbidden',
		'oidc',
		`统一身份认证的答复不可接受 · The answer of the identity provider is not acceptable: ${why}`,
		{
			cause,
		},
	);

/** Faults stay what they are; every other error of the library is an answer that must not be accepted. */
async function told<T>(asking: Promise<T>): Promise<T> {
	try {
		return await asking;
	} catch (error) {
		for (let at: unknown = error; at instanceof Error; at = at.cause) if (at.name === 'Fault') throw at;
		throw notAcceptable((error as { code?: string }).code ?? 'invalid', error);
	}
}
