// One way of drawing the points; three of them are measured beside each other.

import type { LayersList } from '@deck.gl/core';
import type { Change } from './changes.ts';

export interface Way {
	/** Takes a change in; what is to be drawn is handed to `draw` then or a little later. */
	update: (change: Change) => void;
	close: () => void;
}

export type Draw = (layers: LayersList) => void;
