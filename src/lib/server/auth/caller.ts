// Who calls a command, from where and when: what every command needs to ask “may you” and to write the trail.

import { nameOf, type Principal } from '#lib/domain/access/principal.ts';

export interface Caller {
	principal: Principal;
	/** Network address; null for the command line and the program itself. */
	address: string | null;
	now: Date;
}

/** The fields of an audit entry that say who, from where and when. */
export function signedBy({ principal, address, now }: Caller) {
	return { at: now, actor: nameOf(principal), actorKind: principal.kind, address };
}

/** The person at the server's own keyboard: whoever can run the command line already holds the database. */
export const OPERATOR = { actor: 'operator', actorKind: 'operator', address: null } as const;
