// Which places of the live state a scope reaches, kept until the register changes.

import { reaches, type Scope } from '#lib/domain/access/scope.ts';
import type { LiveState } from './live-state.ts';

export interface Reached {
	/** In the order of the curve. */
	all: Uint32Array;
	/** Per place: whether it is one of them. */
	has: Uint8Array;
}

export class Places {
	readonly #state: LiveState;
	#version = -1;
	readonly #known = new Map<string, Reached>();

	constructor(state: LiveState) {
		this.#state = state;
	}

	of(scope: Scope): Reached {
		if (this.#version !== this.#state.version) this.#known.clear();
		this.#version = this.#state.version;
		const name = scopeName(scope);
		let places = this.#known.get(name);
		if (!places) {
			const has = Uint8Array.from(this.#state.objects, ({ townCode, siteId }) => +reaches(scope, townCode, siteId));
			const all = Uint32Array.from(this.#state.objects.keys()).filter((place) => has[place]);
			places = { all, has };
			this.#known.set(name, places);
		}
		return places;
	}
}

/** The same for scopes that reach the same. */
export function scopeName(scope: Scope): string {
	if (scope.kind === 'system') return 'scope:*';
	const sites = scope.siteIds ? `|${[...scope.siteIds].sort().join()}` : '';
	return `scope:${[...scope.areas].sort().join()}${sites}`;
}
