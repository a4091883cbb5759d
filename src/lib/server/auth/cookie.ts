// The cookie that carries a session. Over https it is `__Host-sid`: bound to this very host, never sent in clear.
// Browsers take a `__Host-` cookie only with `Secure`, and not all of them count http://127.0.0.1 as secure; where
// the product is opened over plain http the cookie is therefore called `sid`, so that nobody mistakes it for the other.

import type { Config } from '../config.ts';

export const SECURE_COOKIE = '__Host-sid';
export const PLAIN_COOKIE = 'sid';

export interface SessionCookie {
	name: string;
	secure: boolean;
}

export function sessionCookie({ ORIGIN }: Pick<Config, 'ORIGIN'>): SessionCookie {
	const secure = ORIGIN.startsWith('https://');
	return { name: secure ? SECURE_COOKIE : PLAIN_COOKIE, secure };
}

/** What SvelteKit's `cookies.set` takes beside name and value. */
export function cookieOptions({ secure }: SessionCookie, expires: Date) {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure, expires } as const;
}

/** The cookies beside the session: that of a wall, and that which ties a single sign-on to this browser. */
export const WALL_COOKIE = 'wall';
export const SSO_COOKIE = 'sso';

/** The name of a cookie here: with `__Host-` over https. */
export function cookieName(name: string, { ORIGIN }: Pick<Config, 'ORIGIN'>): string {
	return ORIGIN.startsWith('https://') ? `__Host-${name}` : name;
}

/** The session token of a `Cookie` header; the secure one goes first. */
export function tokenOfCookie(header: string | null | undefined, name = PLAIN_COOKIE): string | undefined {
	if (!header) return undefined;
	const found = new Map<string, string>();
	for (const part of header.split(';')) {
		const at = part.indexOf('=');
		if (at > 0) found.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
	}
	const token = found.get(`__Host-${name}`) ?? found.get(name);
	return token && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined;
}
