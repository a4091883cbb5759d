// Who sends this request: a program by its bearer token, or a person by the cookie of a session.

import { ANONYMOUS, type Principal } from '#lib/domain/access/principal.ts';
import type { Db } from '../db/connection.ts';
import { Fault } from '../errors.ts';
import { sessionOfCookie } from './session.ts';
import { bearerOf, type TokenCheck } from './token.ts';

export interface Identity {
	principal: Principal;
	sessionId?: string;
}

/** @throws Fault not-signed-in for a token that is unknown or revoked; a program must not go on as nobody */
export async function identify(headers: Headers, db: Db, tokens: TokenCheck): Promise<Identity> {
	const authorization = headers.get('authorization');
	if (authorization !== null) {
		const bearer = bearerOf(authorization);
		const principal = bearer === undefined ? null : await tokens.check(bearer);
		if (principal) return { principal };
		throw new Fault('not-signed-in', 'token', '令牌无效或已被吊销 · The token is unknown or has been revoked.');
	}
	return (await sessionOfCookie(db, headers.get('cookie'))) ?? { principal: ANONYMOUS };
}
