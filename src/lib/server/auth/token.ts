// Bearer tokens `swt_<publicId>_<secret>`: making one, and checking them cheaply on the ingest path.

import { randomUUID } from 'node:crypto';
import { tokenRules } from '#db/rules/access.ts';
import type { Token } from '#lib/domain/access/principal.ts';
import type { Db } from '../db/connection.ts';
import { tokenByHash, touchToken, type TokenRow } from '../repositories/token.ts';
import { isFrom } from './networks.ts';
import { newSecret, sha256 } from './secret.ts';

const SHAPE = /^swt_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/;

/** A new token: the id to store, and the text to show once. The public part is the id without its dashes. */
export function newToken(): { id: string; bearer: string } {
	const id = randomUUID();
	return { id, bearer: `swt_${id.replaceAll('-', '')}_${newSecret()}` };
}

/** The token of an `Authorization: Bearer …` header; undefined when the header is something else. */
export function bearerOf(header: string | null | undefined): string | undefined {
	return header?.match(/^Bearer +(\S+)$/i)?.[1];
}

export interface TokenCheck {
	/**
	 * The principal behind a bearer token; null when unknown, revoked, or used from a network that is not its own.
	 * @param address - where the request comes from; null: unknown, which no narrowed key accepts
	 */
	check(bearer: string, address?: string | null): Promise<Token | null>;
	/** The same without waiting, when the token was checked a moment ago; undefined: ask `check`. */
	peek(bearer: string, address?: string | null): Token | undefined;
}

interface Known {
	principal: Token;
	networks: readonly string[] | null;
	checkedAt: number;
	touchedAt: number;
	refreshing: boolean;
}

/** Keeps so many checked tokens; a deployment has hundreds. */
const KEPT = 10_000;

/**
 * Checks tokens against the database and believes the answer for a few seconds (`tokenRules`): a revoked token is
 * refused everywhere within 5 s. While a token is in use its next check runs beside the requests, not before them.
 * @param areas - what an unnarrowed token reaches: the district of the deployment
 */
export function createTokenCheck(
	db: Db,
	{ areas = [], now = Date.now }: { areas?: readonly string[]; now?: () => number } = {},
): TokenCheck {
	const known = new Map<string, Known>();
	const refreshMs = tokenRules.refreshAfter.value * 1000;
	const believedMs = tokenRules.believedFor.value * 1000;
	const touchMs = tokenRules.touchEvery.value * 1000;

	async function ask(bearer: string, address: string | null): Promise<Token | null> {
		const at = now();
		const row = await tokenByHash(db, sha256(bearer));
		if (!row || row.revokedAt) {
			known.delete(bearer);
			return null;
		}
		const touchedAt = row.lastUsedAt?.getTime() ?? -Infinity;
		const due = at - touchedAt >= touchMs;
		if (due) await touchToken(db, row.id, new Date(at));
		const principal = principalOfToken(row, areas);
		if (known.size >= KEPT) known.delete(known.keys().next().value ?? '');
		known.set(bearer, {
			principal,
			checkedAt: at,
			touchedAt: due ? at : touchedAt,
			refreshing: false,
			networks: row.networks,
		});
		return isFrom(row.networks, address) ? principal : null;
	}

	function refresh(bearer: string, entry: Known, address: string | null): void {
		entry.refreshing = true;
		// A failed refresh is retried by the next request; the entry is not believed for longer because of it.
		ask(bearer, address).catch(() => (entry.refreshing = false));
	}

	function peek(bearer: string, address: string | null = null): Token | undefined {
		const entry = known.get(bearer);
		if (!entry || !isFrom(entry.networks, address)) return undefined;
		const age = now() - entry.checkedAt;
		if (age >= believedMs) return undefined;
		if (age >= refreshMs && !entry.refreshing) refresh(bearer, entry, address);
		return entry.principal;
	}

	return {
		peek,
		check: async (bearer, address = null) =>
			SHAPE.test(bearer) ? (peek(bearer, address) ?? ask(bearer, address)) : null,
	};
}

function principalOfToken(row: TokenRow, areas: readonly string[]): Token {
	return {
		kind: 'token',
		id: row.id,
		name: row.name,
		scope: row.scope,
		areas,
		...(row.siteIds && { siteIds: row.siteIds }),
		...(row.deviceIds && { deviceIds: row.deviceIds }),
		...(row.quantities && { quantities: row.quantities }),
	};
}
