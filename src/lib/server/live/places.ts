// Which places of the live state a scope reaches, kept until the register changes: those of its area that the second
// wall lets through as well, where there is one.

import { reaches, type Scope } from '#lib/domain/access/scope.ts';
import type { LiveObject } from './live-device.ts';
import type { LiveState } from './live-state.ts';
import type { PictureWall } from './picture-wall.ts';
import { scopeName } from './scope-name.ts';

export interface Reached {
	/** In the order of the curve. */
	all: Uint32Array;
	/** Per place: whether it is one of them. */
	has: Uint8Array;
}

export class Places {
	readonly #state: LiveState;
	#version = -1;
	readonly #wall: PictureWall | undefined;
	readonly #known = new Map<string, Reached & { numbers: ReadonlySet<number> | undefined }>();
	readonly #grids = new Map<string, string>();
	readonly #siteNo = new Map<string, number>();

	constructor(state: LiveState, wall?: PictureWall) {
		this.#state = state;
		this.#wall = wall;
	}

	/**
	 * Whether the second wall lets an event of a site through. What the database was not asked about since the register
	 * changed passes: an alarm of a new site must not be lost for it.
	 */
	letsEvent(scope: Scope, siteId: string | undefined): boolean {
		this.#freshen();
		const no = siteId === undefined ? undefined : this.#siteNo.get(siteId);
		if (!this.#wall?.isFresh(scope) || no === undefined) return true;
		return this.#wall.numbers(scope)?.has(no) ?? true;
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
		this.#siteNo.clear();
		for (const { kind, id, no, gridCode } of this.#state.objects) {
			if (kind !== 'site') continue;
			this.#siteNo.set(id, no);
			if (gridCode) this.#grids.set(id, gridCode);
		}
	}

	/** Whether a scope is shown an object; behind the second wall nothing before that was asked. */
	shows(scope: Scope, { place }: LiveObject): boolean {
		return this.of(scope).has[place] === 1;
	}

	of(scope: Scope): Reached {
		this.#freshen();
		const name = scopeName(scope);
		const numbers = this.#wall?.numbers(scope);
		let places = this.#known.get(name);
		if (!places || places.numbers !== numbers) {
			const has = Uint8Array.from(
				this.#state.objects,
				({ no, townCode, siteId, gridCode }) =>
					+(reaches(scope, townCode, siteId, gridCode) && (numbers?.has(no) ?? true)),
			);
			const all = Uint32Array.from(this.#state.objects.keys()).filter((place) => has[place]);
			places = { all, has, numbers };
			this.#known.set(name, places);
		}
		return places;
	}
}
