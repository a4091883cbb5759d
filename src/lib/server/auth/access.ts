// The parts that say who is asking and let people in, built once for pages, telemetry and sockets.

import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { authorize } from '#lib/domain/access/authorize.ts';
import type { Principal } from '#lib/domain/access/principal.ts';
import type { Config } from '../config.ts';
import type { Databases } from '../db/connection.ts';
import type { Outbound } from '../outbound/outbound.ts';
import type { IdentityProvider } from '../sso/identity-provider.ts';
import { providersOf } from '../sso/providers.ts';
import { addressOf } from './networks.ts';
import { createSessionCheck, type SessionCheck } from './session-check.ts';
import { createTokenCheck, type TokenCheck } from './token.ts';
import { openVault, type Vault } from './vault.ts';
import { createWallCheck, type WallCheck } from './wall-check.ts';

/** Who holds a socket open. */
export interface Visitor {
	/** Of the session, or `wall:…`. */
	sessionId: string;
	principal: Principal;
}

export interface Access {
	sessions: SessionCheck;
	tokens: TokenCheck;
	walls: WallCheck;
	vault: Vault;
	providers: readonly IdentityProvider[];
	/** Who opens a socket; null: nobody, somebody who has not finished signing in, or who sees no map. */
	visitor(request: IncomingMessage, touch?: boolean): Promise<Visitor | null>;
}

export function createAccess(config: Config, { read }: Databases, outbound: Outbound, now: () => number): Access {
	const sessions = createSessionCheck(read, config.PASSWORD_POLICY, now);
	const walls = createWallCheck(read, now);
	return {
		sessions,
		walls,
		tokens: createTokenCheck(read, { areas: [config.DISTRICT] }),
		vault: openVault(config.ACCESS_KEY_FILE || join(config.DATA_DIR, 'access.key')),
		providers: providersOf(config, outbound),
		async visitor(request, touch) {
			const { cookie } = request.headers;
			const session = await sessions.find(cookie, touch);
			if (session) return authorize(session.principal, 'map:see').ok ? session : null;
			const wall = await walls.find(cookie, addressOf(request));
			return wall && { sessionId: `wall:${wall.id}`, principal: wall };
		},
	};
}
