// The whole picture for browsers that come: cut and encoded once for all of a scope that come between two rounds of
// moving state, for after a restart they all come at once.

import type { Scope } from '#lib/domain/access/scope.ts';
import type { LiveState } from '../live/live-state.ts';
import type { Places, Reached } from '../live/places.ts';
import { pictureBytes } from './rooms.ts';

export class Pictures {
	readonly #state: LiveState;
	readonly #places: Places;
	readonly #kept = new Map<Reached, { cursor: number; bytes: Uint8Array }>();

	constructor(state: LiveState, places: Places) {
		this.#state = state;
		this.#places = places;
	}

	/** Has to be called with each round: a picture from before it would miss what the round told. */
	forget(): void {
		this.#kept.clear();
	}

	/** @param cursor - of the log: what is told from there on is not in the picture */
	of(scope: Scope, nowMs: number, cursor: number): Uint8Array {
		const reached = this.#places.of(scope);
		const kept = this.#kept.get(reached);
		if (kept?.cursor === cursor) return kept.bytes;
		const bytes = pictureBytes(this.#state, reached, nowMs, cursor);
		this.#kept.set(reached, { cursor, bytes });
		return bytes;
	}
}
