// Counts wrong passwords, by account and by address, and makes guessers wait longer each time.

import { RateLimiterMemory } from 'rate-limiter-flexible';
import { signInRules } from '#db/rules/access.ts';

export interface Guesses {
	/** Seconds this account and address must wait; 0: may try. */
	waitS(account: string, address: string): Promise<number>;
	wrong(account: string, address: string): Promise<void>;
	/** A right password clears the account; the address keeps what it has done to others. */
	right(account: string): Promise<void>;
}

export function createGuesses(rules = signInRules): Guesses {
	const windowS = rules.guessWindow.value;
	const accounts = new RateLimiterMemory({ points: rules.guessesPerAccount.value, duration: windowS });
	const addresses = new RateLimiterMemory({ points: rules.guessesPerAddress.value, duration: windowS });
	const locks = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: 24 * 3600 });

	return {
		async waitS(account, address) {
			const [byAccount, byAddress] = await Promise.all([accounts.get(account), addresses.get(address)]);
			const waits = [
				byAccount && byAccount.consumedPoints >= rules.guessesPerAccount.value ? byAccount.msBeforeNext : 0,
				byAddress && byAddress.consumedPoints >= rules.guessesPerAddress.value ? byAddress.msBeforeNext : 0,
			];
			return Math.ceil(Math.max(...waits) / 1000);
		},
		async wrong(account, address) {
			await addresses.penalty(address);
			const { consumedPoints } = await accounts.penalty(account);
			if (consumedPoints < rules.guessesPerAccount.value) return;
			const { consumedPoints: locked } = await locks.penalty(account);
			const lockS = Math.min(rules.firstLock.value * 2 ** (locked - 1), rules.longestLock.value);
			await accounts.block(account, lockS);
		},
		async right(account) {
			await Promise.all([accounts.delete(account), locks.delete(account)]);
		},
	};
}

const KEY = Symbol.for('sitewatch.guesses');
type Slot = { [KEY]?: Guesses };

/** The counter of this process; survives a reload of the app in development. */
export function guesses(): Guesses {
	return ((globalThis as Slot)[KEY] ??= createGuesses());
}
