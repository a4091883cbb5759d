// T18: single sign-on against a provider that can be honest, forged, slow, down or of another time.

import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beginSso, signInBySso } from '#lib/server/commands/sign-in-by-sso.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { named } from '#lib/server/outbound/allow-list.ts';
import { createOutbound } from '#lib/server/outbound/outbound.ts';
import { bindIdentity } from '#lib/server/repositories/identity.ts';
import { addGrant, addPerson, setDisabled } from '#lib/server/repositories/person.ts';
import type { IdentityProvider } from '#lib/server/sso/identity-provider.ts';
import { oidcProvider } from '#lib/server/sso/oidc.ts';
import { zzdProvider } from '#lib/server/sso/zzd.ts';
import { onBoth } from './both.ts';

const BACK = 'https://map.example.gov.cn/login/sso/oidc/back';
const from = { address: '10.20.0.7', agent: 'test' };

/** What the provider does next. */
interface Mood {
	claims: JWTPayload;
	signWith: 'own' | 'stranger';
	delayMs: number;
	/** Seconds its clock is off. */
	clockS: number;
	accountId: unknown;
}

let server: Server;
let base: string;
let mood: Mood;
let keys: { own: CryptoKey; stranger: CryptoKey; jwk: object };
/** Codes that were given out and not yet taken, with their nonce and challenge. */
const codes = new Map<string, { nonce: string; challenge: string }>();
const asked: string[] = [];

beforeAll(async () => {
	const [own, stranger] = await Promise.all([
		generateKeyPair('RS256', { extractable: true }),
		generateKeyPair('RS256'),
	]);
	keys = {
		own: own.privateKey,
		stranger: stranger.privateKey,
		jwk: { ...(await exportJWK(own.publicKey)), kid: 'k', alg: 'RS256' },
	};
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			setTimeout(
				() =>
					void answer(request.url ?? '', Buffer.concat(chunks).toString(), (body, status = 200) => {
						response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
					}),
				mood.delayMs,
			).unref();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});
beforeEach(() => {
	mood = { claims: {}, signWith: 'own', delayMs: 0, clockS: 0, accountId: 4711 };
	asked.length = 0;
});

async function answer(url: string, sent: string, send: (body: object, status?: number) => void): Promise<void> {
	const form = new URLSearchParams(sent);
	asked.push(url);
	if (url === '/.well-known/openid-configuration')
		return send({
			issuer: base,
			authorization_endpoint: `${base}/authorize`,
			token_endpoint: `${base}/token`,
			jwks_uri: `${base}/jwks`,
			response_types_supported: ['code'],
			code_challenge_methods_supported: ['S256'],
			id_token_signing_alg_values_supported: ['RS256'],
			subject_types_supported: ['public'],
		});
	if (url === '/jwks') return send({ keys: [keys.jwk] });
	if (url === '/gettoken.json')
		return send({ success: true, content: { data: { accessToken: 'app', expiresIn: 7200 } } });
	if (url === '/rpc/oauth2/getuserinfo_bycode.json') {
		if (!codes.delete(form.get('code') ?? '')) return send({ success: false });
		return send({ success: true, content: { data: { accountId: mood.accountId, lastName: '楼建国' } } });
	}
	const given = codes.get(form.get('code') ?? '');
	codes.delete(form.get('code') ?? '');
	const verifier = form.get('code_verifier') ?? '';
	const digest = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))).toString(
		'base64url',
	);
	if (!given || digest !== given.challenge) return send({ error: 'invalid_grant' }, 400);
	const seconds = Math.floor(Date.now() / 1000) + mood.clockS;
	const token = await new SignJWT({
		nonce: given.nonce,
		sub: 'u-1',
		iss: base,
		aud: 'sitewatch',
		iat: seconds,
		exp: seconds + 300,
		...mood.claims,
	})
		.setProtectedHeader({ alg: 'RS256', kid: 'k' })
		.sign(keys[mood.signWith]);
	return send({ access_token: 'a', token_type: 'bearer', id_token: token });
}

/** The person at the provider's page: says yes, and is sent back with a code. */
function sayYes(url: string): URL {
	const asked = new URL(url).searchParams;
	const code = randomUUID();
	codes.set(code, { nonce: asked.get('nonce') ?? '', challenge: asked.get('code_challenge') ?? '' });
	return new URL(`${BACK}?code=${code}&state=${asked.get('state') ?? ''}`);
}

onBoth('single sign-on', (database) => {
	let db: Db;
	let person: string;
	const outbound = () => createOutbound(named([base]));
	const settings = () => ({ issuer: base, clientId: 'sitewatch', clientSecret: 's', name: '统一身份认证' });
	const oidc = () => oidcProvider(settings(), outbound());
	const zzd = () =>
		zzdProvider(
			{ base, login: 'https://login-pro.ding.example/oauth2/auth.htm', appKey: 'key', appSecret: 'secret' },
			outbound(),
		);

	beforeAll(async () => {
		db = database().ingest;
		person = randomUUID();
		const at = new Date();
		await addPerson(db, { id: person, login: 'lou', name: '楼建国', isDemo: false, passwordHash: null, at });
		await addGrant(db, {
			id: randomUUID(),
			personId: person,
			role: 'supervisor',
			area: '330109',
			layers: ['public'],
			at,
			by: 't',
		});
		await bindIdentity(db, { issuer: base, subject: 'u-1', personId: person, at, by: 'test' });
	});

	async function begin(provider: IdentityProvider) {
		const begun = await beginSso(db, provider, BACK, '/risk', new Date());
		return { ...begun, callback: sayYes(begun.url) };
	}
	const finish = (provider: IdentityProvider, callback: URL, browser: string, now = new Date()) =>
		signInBySso(db, provider, callback, browser, BACK, from, now);

	describe('by OpenID Connect', () => {
		test('lets in whom an administrator bound, and back to where they wanted to go', async () => {
			const provider = oidc();
			const { url, callback, browser } = await begin(provider);
			const sent = new URL(url).searchParams;
			expect([sent.get('code_challenge_method'), sent.get('redirect_uri'), sent.get('scope')]).toEqual([
				'S256',
				BACK,
				'openid',
			]);
			expect(await finish(provider, callback, browser)).toMatchObject({ ok: true, to: '/risk' });
		});

		test('an answer played a second time is worth nothing', async () => {
			const provider = oidc();
			const { callback, browser } = await begin(provider);
			await finish(provider, callback, browser);
			expect(await finish(provider, callback, browser)).toEqual({ ok: false, reason: 'unknown-attempt' });
		});

		test('an answer brought by another browser, with an unknown state, or too late is worth nothing', async () => {
			const provider = oidc();
			const [one, two] = [await begin(provider), await begin(provider)];
			expect(await finish(provider, one.callback, two.browser)).toMatchObject({ reason: 'unknown-attempt' });
			const forged = new URL(two.callback);
			forged.searchParams.set('state', 'forged');
			expect(await finish(provider, forged, two.browser)).toMatchObject({ reason: 'unknown-attempt' });
			const late = await begin(provider);
			expect(await finish(provider, late.callback, late.browser, new Date(Date.now() + 601_000))).toMatchObject({
				reason: 'unknown-attempt',
			});
		});

		test('an attempt begun at one provider is not finished at another (mix-up)', async () => {
			const { callback, browser } = await begin(oidc());
			expect(await finish(zzd(), callback, browser)).toMatchObject({ reason: 'unknown-attempt' });
		});

		test.each([
			['of another issuer', { claims: { iss: 'https://elsewhere.example' } }],
			['for another client', { claims: { aud: 'other' } }],
			['with another nonce', { claims: { nonce: 'other' } }],
			['signed by a stranger', { signWith: 'stranger' }],
			['that ran out', { clockS: -3600 }],
			['of a clock an hour ahead', { claims: { nbf: Math.floor(Date.now() / 1000) + 3600 } }],
		] as [string, Partial<Mood>][])('an ID token %s is refused', async (_, change) => {
			const provider = oidc();
			const { callback, browser } = await begin(provider);
			mood = { ...mood, ...change };
			await expect(finish(provider, callback, browser)).rejects.toMatchObject({ code: 'forbidden' });
		});

		test('a code stolen from another sign-in fails at PKCE', async () => {
			const provider = oidc();
			const [own, stolen] = [await begin(provider), await begin(provider)];
			const mixed = new URL(own.callback);
			mixed.searchParams.set('code', stolen.callback.searchParams.get('code') ?? '');
			await expect(finish(provider, mixed, own.browser)).rejects.toMatchObject({ code: 'forbidden' });
		});

		test('whoever is not bound stays outside, whatever name they bring, and it is written down', async () => {
			const provider = oidc();
			mood.claims = { sub: 'u-2', name: '楼建国', preferred_username: 'lou', phone_number: '13800000000' };
			const { callback, browser } = await begin(provider);
			expect(await finish(provider, callback, browser)).toEqual({ ok: false, reason: 'not-bound' });
			const last = await db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow();
			expect(last).toMatchObject({ action: 'session:open', outcome: 'denied', actor: 'anonymous' });
		});

		test('a provider that is down or does not answer in time is said so without waiting for it', async () => {
			const nowhere = oidcProvider(
				{ ...settings(), issuer: 'http://127.0.0.1:9' },
				createOutbound(named(['http://127.0.0.1:9'])),
			);
			await expect(beginSso(db, nowhere, BACK, '/', new Date())).rejects.toMatchObject({ code: 'upstream-down' });
			mood.delayMs = 60_000;
			const before = asked.length;
			await expect(beginSso(db, oidc(), BACK, '/', new Date())).rejects.toMatchObject({ code: 'upstream-down' });
			expect(asked.length, 'it has not answered yet').toBe(before);
		});

		test('is reached at the host of its setting only', async () => {
			const strict = oidcProvider(settings(), createOutbound([]));
			await expect(beginSso(db, strict, BACK, '/', new Date())).rejects.toMatchObject({ code: 'forbidden' });
			expect(asked).toEqual([]);
		});
	});

	describe('by 浙政钉', () => {
		test('lets in the bound accountId, asked by the server with its own signed key', async () => {
			await bindIdentity(db, { issuer: base, subject: '4711', personId: person, at: new Date(), by: 'test' });
			const provider = zzd();
			const { url, callback, browser } = await begin(provider);
			expect(new URL(url).searchParams.get('client_id')).toBe('key');
			expect(await finish(provider, callback, browser)).toMatchObject({ ok: true });
			expect(asked).toEqual(['/gettoken.json', '/rpc/oauth2/getuserinfo_bycode.json']);
		});

		test('nobody is found by name: an unbound accountId with a known name stays outside', async () => {
			mood.accountId = 9999;
			const provider = zzd();
			const { callback, browser } = await begin(provider);
			expect(await finish(provider, callback, browser)).toEqual({ ok: false, reason: 'not-bound' });
		});

		test.each([[null], [''], [{}], [1.5], [undefined]])('an accountId of %j is no answer', async (accountId) => {
			mood.accountId = accountId;
			const provider = zzd();
			const { callback, browser } = await begin(provider);
			await expect(finish(provider, callback, browser)).rejects.toMatchObject({ code: 'forbidden' });
		});

		test('a code is taken once by the platform, an odd one is not even sent', async () => {
			const provider = zzd();
			const { callback, browser } = await begin(provider);
			callback.searchParams.set('code', "x' or 1=1");
			await expect(finish(provider, callback, browser)).rejects.toMatchObject({ code: 'forbidden' });
			expect(asked).toEqual([]);
		});
	});

	test('a disabled person stays outside', async () => {
		const provider = oidc();
		await setDisabled(db, person, new Date());
		const { callback, browser } = await begin(provider);
		expect(await finish(provider, callback, browser)).toEqual({ ok: false, reason: 'disabled' });
	});
});
