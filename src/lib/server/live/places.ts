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
	readonly #grids = new Map<string, string>();

	constructor(state: LiveState) {
		this.#state = state;
	}

	/** The grid a site lies in, for events: they name their site and town. */
	gridOf(siteId: string | undefined): string | null {
		this.#freshen();
		return (siteId !== undefined && this.#grids.get(siteId)) || null;
	}

	#freshen(): void {
		if (this.#version === this.#state.version) return;
		this.#version = this.#state.version;
		this.#known.clear();
		this.#grids.clear();
		for (const { kind, id, gridCode } of this.#state.objects)
			if (kind === 'site' && gridCode) this.#grids.set(id, gridCode);
	}

	of(scope: Scope): Reached {
		this.#freshen();
		const name = scopeName(scope);
		let places = this.#known.get(name);
		if (!places) {
			const has = Uint8Array.from(
				this.#state.objects,
				({ townCode, siteId, gridCode }) => +reaches(scope, townCode, siteId, gridCode),
			);
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
