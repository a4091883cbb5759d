// One room per scope: whoever may see the same gets the same bytes, encoded once.

import { reaches, type Scope } from '#lib/domain/access/scope.ts';
import { encodeDelta } from '#lib/domain/picture/delta.ts';
import { encodePicture } from '#lib/domain/picture/encode.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import type { LiveState } from '../live/live-state.ts';

export interface Room {
	name: string;
	scope: Scope;
	/** Last number of the log that this scope may see, or that was skipped for it. */
	cursor: number;
}

export function roomName(scope: Scope): string {
	if (scope.kind === 'system') return 'scope:*';
	const sites = scope.siteIds ? `|${[...scope.siteIds].sort().join()}` : '';
	return `scope:${[...scope.areas].sort().join()}${sites}`;
}

export function maySee(scope: Scope, { subject }: EventMessage): boolean {
	return reaches(scope, subject.townCode ?? null, subject.siteId);
}

/** Places of the live state a scope reaches, kept until the register changes. */
export class Places {
	readonly #state: LiveState;
	#version = -1;
	readonly #known = new Map<string, { all: Uint32Array; has: Uint8Array }>();

	constructor(state: LiveState) {
		this.#state = state;
	}

	of(scope: Scope): { all: Uint32Array; has: Uint8Array } {
		if (this.#version !== this.#state.version) this.#known.clear();
		this.#version = this.#state.version;
		const name = roomName(scope);
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

/** The whole picture of a scope as bytes. */
export function pictureBytes(
	state: LiveState,
	places: Places,
	scope: Scope,
	nowMs: number,
	cursor: number,
): Uint8Array {
	return encodePicture(state.cut(places.of(scope).all, nowMs, cursor));
}

/** Changed places of a scope as bytes; undefined when none of them is its own. */
export function deltaBytes(
	state: LiveState,
	places: Places,
	scope: Scope,
	changed: readonly number[],
	nowMs: number,
	cursor: number,
): Uint8Array | undefined {
	const { has } = places.of(scope);
	const own = changed.filter((place) => has[place]);
	if (own.length === 0) return undefined;
	const { objects } = state;
	own.sort((a, b) => objects[a]!.no - objects[b]!.no);
	const columns = state.cut(own, nowMs, cursor);
	return encodeDelta({ ...columns, kind: new Uint8Array(0), positions: new Float64Array(0) });
}
