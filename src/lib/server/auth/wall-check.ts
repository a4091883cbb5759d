// The wall behind a cookie. A wall is a thing: it has no session that could run out, it is paired until revoked.

import { sessionRules } from '#db/rules/access.ts';
import type { Wall } from '#lib/domain/access/principal.ts';
import type { Db } from '../db/connection.ts';
import { touchWall, wallByToken } from '../repositories/wall.ts';
import { tokenOfCookie, WALL_COOKIE } from './cookie.ts';
import { isFrom } from './networks.ts';
import { sha256 } from './secret.ts';

export interface WallCheck {
	find(cookieHeader: string | null | undefined, address: string | null): Promise<Wall | null>;
}

export function createWallCheck(db: Db, now: () => number = Date.now): WallCheck {
	return {
		async find(cookieHeader, address) {
			const token = tokenOfCookie(cookieHeader, WALL_COOKIE);
			if (!token) return null;
			const wall = await wallByToken(db, sha256(token));
			if (!wall || wall.revokedAt || !isFrom(wall.networks, address)) return null;
			const seenMs = wall.seenAt?.getTime() ?? -Infinity;
			if (now() - seenMs >= sessionRules.touchEvery.value * 1000) await touchWall(db, wall.id, new Date(now()));
			return { kind: 'wall', id: wall.id, name: wall.name, areas: wall.areas };
		},
	};
}
