// Layers are made again only when something they are made of changed. deck.gl does nothing for a layer object it
// has seen before, so a board where one crane turns costs one layer, not thirty.

import type { Layer, LayersList } from '@deck.gl/core';

interface Entry {
	inputs: readonly unknown[];
	layers: readonly Layer[];
}

export class LayerCache {
	#entries = new Map<string, Entry>();
	#used = new Set<string>();

	/** Composes one picture. What it does not use is forgotten: deck.gl does not take a layer back that it has let go. */
	round<T>(compose: () => T): T {
		this.#used.clear();
		const composed = compose();
		for (const name of this.#entries.keys()) if (!this.#used.has(name)) this.#entries.delete(name);
		return composed;
	}

	/** The layers made of `inputs` under this name; `make` runs when one of the inputs is another object than before. */
	of(name: string, inputs: readonly unknown[], make: () => Layer | readonly Layer[]): LayersList {
		this.#used.add(name);
		const held = this.#entries.get(name);
		if (held && held.inputs.length === inputs.length && held.inputs.every((input, i) => Object.is(input, inputs[i])))
			return [...held.layers];
		const made = make();
		const layers = Array.isArray(made) ? (made as readonly Layer[]) : [made as Layer];
		this.#entries.set(name, { inputs, layers });
		return [...layers];
	}

	/** Forgets everything: layer objects belong to one graphics context. */
	clear(): void {
		this.#entries.clear();
	}
}
