// Puts the token of a new session into the answer's cookie, and takes it away again.

import type { Config } from '../config.ts';
import { cookieOptions, sessionCookie } from './cookie.ts';
import type { SessionToken } from './session.ts';

/** The part of SvelteKit's cookies that is needed. */
interface Cookies {
	set(name: string, value: string, options: ReturnType<typeof cookieOptions>): void;
	delete(name: string, options: { path: string; secure: boolean }): void;
}

export function beginSession(cookies: Cookies, config: Pick<Config, 'ORIGIN'>, session: SessionToken): void {
	const cookie = sessionCookie(config);
	cookies.set(cookie.name, session.token, cookieOptions(cookie, session.expiresAt));
}

export function forgetSession(cookies: Cookies, config: Pick<Config, 'ORIGIN'>): void {
	const { name, secure } = sessionCookie(config);
	cookies.delete(name, { path: '/', secure });
}
