// What every way of single sign-on has in common: it sends the browser away with something to remember, and when the
// browser comes back says who that is, as (issuer, subject). Names and telephone numbers are never looked at.

import type { Identity } from '../repositories/identity.ts';

export interface Begun {
	/** Where the browser is sent. */
	url: string;
	/** Known to both sides; comes back with the answer. */
	state: string;
	/** To be kept at the server until the answer comes. */
	kept: Record<string, string>;
}

export interface IdentityProvider {
	id: 'oidc' | 'zzd';
	/** What the button on the sign-in page says. */
	name: string;
	/** Under which identities of this provider are bound. */
	issuer: string;
	/** @param back - our address the provider returns to */
	begin(back: string): Promise<Begun>;
	/**
	 * @param callback - the address the browser came back with
	 * @throws Fault upstream-down when the provider cannot be asked, forbidden when its answer is not acceptable
	 */
	complete(callback: URL, kept: Record<string, string>, back: string): Promise<Identity>;
}
