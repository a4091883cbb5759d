// Layers that come with a page and go with it, unless they were on before. Set without a step of history, which the page
// as such already is.

import type { BoardView } from '../selection.svelte.ts';
import type { LayerKey } from '../view-url.ts';

/** @returns takes away what it added */
export function withLayers(view: BoardView, layers: readonly LayerKey[]): () => void {
	const added = layers.filter((layer) => !view.layers.has(layer));
	view.layers = new Set([...view.layers, ...added]);
	return () => {
		view.layers = new Set([...view.layers].filter((layer) => !added.includes(layer)));
	};
}
