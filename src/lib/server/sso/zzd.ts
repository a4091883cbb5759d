// 浙政钉 (专有钉钉). It resembles OAuth and is not OpenID Connect: there is no signed ID token, so whom a code belongs
// to is asked by the server itself, with a token it gets for its own signed key. The person is `accountId`; names are
// never looked at. Written after published guides, not yet tried against the platform itself (see docs/security.md).

import { createHmac, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { Fault } from '../errors.ts';
import type { Outbound } from '../outbound/outbound.ts';
import type { IdentityProvider } from './identity-provider.ts';

export interface ZzdSettings {
	/** Address of the open platform the server asks. */
	base: string;
	/** Address of the sign-in page the browser opens. */
	login: string;
	appKey: string;
	appSecret: string;
}

const AppToken = v.object({
	success: v.literal(true),
	content: v.object({
		data: v.object({
			accessToken: v.pipe(v.string(), v.minLength(1)),
			/** Seconds it lives; 7,200 as documented. */
			expiresIn: v.optional(v.number(), 7200),
		}),
	}),
});

const UserInfo = v.object({
	success: v.literal(true),
	content: v.object({
		data: v.object({ accountId: v.union([v.pipe(v.string(), v.minLength(1)), v.pipe(v.number(), v.safeInteger())]) }),
	}),
});

/** A token of the application is fetched anew this long before it ends. */
const AHEAD_MS = 60_000;

export function zzdProvider(settings: ZzdSettings, outbound: Outbound, now: () => number = Date.now): IdentityProvider {
	const base = settings.base.replace(/\/$/, '');
	const issuer = new URL(base).origin;
	let appToken: { text: string; untilMs: number } | undefined;

	async function call<S extends v.GenericSchema>(
		path: string,
		fields: Record<string, string>,
		schema: S,
	): Promise<v.InferOutput<S>> {
		const answer = await outbound.ask(`${base}${path}`, {
			method: 'POST',
			headers: {
				...signed(settings, 'POST', path, fields, now()),
				'content-type': 'application/x-www-form-urlencoded',
			},
			body: new URLSearchParams(fields).toString(),
		});
		const body: unknown = await answer.json().catch(() => undefined);
		const result = v.safeParse(schema, body);
		if (!answer.ok || !result.success) throw notAcceptable(path);
		return result.output;
	}

	async function tokenOfApp(): Promise<string> {
		if (appToken && now() < appToken.untilMs - AHEAD_MS) return appToken.text;
		const fields = { appkey: settings.appKey, appsecret: settings.appSecret };
		const { accessToken, expiresIn } = (await call('/gettoken.json', fields, AppToken)).content.data;
		appToken = { text: accessToken, untilMs: now() + expiresIn * 1000 };
		return accessToken;
	}

	return {
		id: 'zzd',
		name: '浙政钉',
		issuer,
		async begin(back) {
			const state = randomBytes(24).toString('base64url');
			const url = new URL(settings.login);
			const fields = {
				response_type: 'code',
				client_id: settings.appKey,
				redirect_uri: back,
				scope: 'get_user_info',
				authType: 'QRCODE',
				state,
			};
			for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
			return { url: url.href, state, kept: { state } };
		},
		async complete(callback, { state }) {
			const code = callback.searchParams.get('code') ?? '';
			if (callback.searchParams.get('state') !== state || !/^[\w.-]{1,512}$/.test(code)) throw notAcceptable('state');
			const fields = { access_token: await tokenOfApp(), code };
			const { data } = (await call('/rpc/oauth2/getuserinfo_bycode.json', fields, UserInfo)).content;
			return { issuer, subject: String(data.accountId) };
		},
	};
}

const notAcceptable = (where: string) =>
	new Fault('forbidden', 'zzd', `浙政钉的答复不可接受 · The answer of 浙政钉 is not acceptable (${where}).`);

/** Headers of the platform's gateway: HMAC-SHA256 over method, time, nonce, path and sorted fields. */
function signed(
	{ appKey, appSecret }: ZzdSettings,
	method: string,
	path: string,
	fields: Record<string, string>,
	atMs: number,
): Record<string, string> {
	const timestamp = new Date(atMs).toISOString().replace(/\.\d+Z$/, '+00:00');
	const nonce = `${atMs}${randomBytes(2).readUInt16BE()}`;
	const sorted = Object.entries(fields)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, value]) => `${name}=${value}`)
		.join('&');
	const text = [method, timestamp, nonce, path, sorted].join('\n');
	return {
		'x-hmac-auth-timestamp': timestamp,
		'x-hmac-auth-version': '1.0',
		'x-hmac-auth-nonce': nonce,
		'x-hmac-auth-signature': createHmac('sha256', appSecret).update(text).digest('base64'),
		apikey: appKey,
	};
}
