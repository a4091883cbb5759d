// What a page lays over the live map while it is open: its own layers, what a click on them means, what can be dragged.
// The map knows nothing of it; the page adds an overlay when it opens and takes it away when it goes.

import { untrack } from 'svelte';
import type { LayersList, PickingInfo } from '@deck.gl/core';
import type { MapPalette } from './map-palette.ts';

export interface OverlayScene {
	palette: MapPalette;
	/** A WGS 84 position on the datum of the base map. */
	toBase: (at: [number, number]) => [number, number];
	zoom: number;
	scale: number;
}

/** Something on the map that is being dragged. */
export interface Drag {
	move(at: [number, number]): void;
	/** @param onto - what lies under the pointer where it was let go */
	drop(at: [number, number], onto: PickingInfo | null): void;
}

export interface MapOverlay {
	/** Its pins stand for the sites: the donuts that count them step back. */
	hasOwnSites?: boolean;
	layers(scene: OverlayScene): LayersList;
	/** A click; true when the overlay has taken it. */
	press?(info: PickingInfo | null, at: [number, number]): boolean;
	/** The pointer goes down on something; null when that cannot be dragged. */
	grab?(info: PickingInfo): Drag | null;
}

export class MapOverlays {
	list = $state.raw<readonly MapOverlay[]>([]);

	/** @returns takes it away */
	add(overlay: MapOverlay): () => void {
		// Called from effects: they follow what they draw, not the list they write.
		untrack(() => (this.list = [...this.list, overlay]));
		return () => {
			untrack(() => (this.list = this.list.filter((one) => one !== overlay)));
		};
	}
}
