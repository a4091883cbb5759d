// Who sends this request: a program by its bearer token, a person by the cookie of a session, or a wall by its own.

import { ANONYMOUS, type Principal } from '#lib/domain/access/principal.ts';
import { Fault } from '../errors.ts';
import type { SessionCheck } from './session-check.ts';
import { bearerOf, type TokenCheck } from './token.ts';
import type { WallCheck } from './wall-check.ts';

export interface Identity {
	principal: Principal;
	sessionId?: string;
	/** When a person last proved to be itself. */
	provenAt?: Date;
}

export interface Checks {
	sessions: SessionCheck;
	tokens: TokenCheck;
	walls: WallCheck;
}

/** @throws Fault not-signed-in for a token that is unknown or revoked; a program must not go on as nobody */
export async function identify(headers: Headers, address: string | null, checks: Checks): Promise<Identity> {
	const authorization = headers.get('authorization');
	if (authorization !== null) {
		const bearer = bearerOf(authorization);
		const principal = bearer === undefined ? null : await checks.tokens.check(bearer, address);
		if (principal) return { principal };
		throw new Fault('not-signed-in', 'token', '令牌无效或已被吊销 · The token is unknown or has been revoked.');
	}
	const cookie = headers.get('cookie');
	const session = await checks.sessions.find(cookie);
	if (session) return session;
	const wall = await checks.walls.find(cookie, address);
	return { principal: wall ?? ANONYMOUS };
}
