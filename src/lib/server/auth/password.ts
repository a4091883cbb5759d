// Password hashes: argon2id, few at a time, and as slow for an account that does not exist as for one that does.

import { hash, verify } from '@node-rs/argon2';
import { signInRules } from '#db/rules/access.ts';

/** 64 MiB, 4 passes, one lane: about 80 ms on an office machine, 2 of them at once. */
const COST = { memoryCost: 64 * 1024, timeCost: 4, parallelism: 1 };

const waiting: (() => void)[] = [];
let running = 0;

export async function hashPassword(password: string): Promise<string> {
	return inTurn(() => hash(normal(password), COST));
}

/** @param stored - undefined when there is no such account or it has no password; takes the same time */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
	const against = stored ?? (await nobody());
	const matches = await inTurn(() => verify(against, normal(password)));
	return matches && stored !== null && stored !== undefined;
}

let nobodysHash: Promise<string> | undefined;

function nobody(): Promise<string> {
	return (nobodysHash ??= hashPassword('an account that does not exist'));
}

/** The same characters typed on different keyboards are the same password. */
function normal(password: string): string {
	return password.normalize('NFKC');
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (running >= signInRules.hashesAtOnce.value) await new Promise<void>((resolve) => waiting.push(resolve));
	else running += 1;
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next) next();
		else running -= 1;
	}
}
