// Who calls a command, from where and when: what every command needs to ask “may you” and to write the trail.

import { signInRules } from '#db/rules/access.ts';
import { nameOf, type Principal } from '#lib/domain/access/principal.ts';

export interface Caller {
	principal: Principal;
	/** Network address; null for the command line and the program itself. */
	address: string | null;
	now: Date;
	/** When the person last proved to be itself (password, code or passkey). */
	provenAt?: Date;
}

/** Whether the person proved to be itself just now; giving roles, keys and walls asks for it. */
export function isProven({ provenAt, now }: Caller): boolean {
	return provenAt !== undefined && now.getTime() - provenAt.getTime() < signInRules.proof.value * 1000;
}

/** The fields of an audit entry that say who, from where and when. */
export function signedBy({ principal, address, now }: Caller) {
	return { at: now, actor: nameOf(principal), actorKind: principal.kind, address };
}

/** The person at the server's own keyboard: whoever can run the command line already holds the database. */
export const OPERATOR = { actor: 'operator', actorKind: 'operator', address: null } as const;
