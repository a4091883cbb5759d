// What the map tells whoever mounts it.

import type { SelectionKey } from '../view-url.ts';

export interface Hovered {
	/** What lies under the pointer; `cluster` carries the numbers of its sites. */
	what: SelectionKey | { kind: 'cluster'; sites: readonly number[] } | { kind: 'riskCell'; cell: string };
	/** Pixels from the map's top left corner. */
	x: number;
	y: number;
}

export type MeasureKind = 'distance' | 'area';

export interface Measured {
	kind: MeasureKind;
	points: readonly [number, number][];
	/** Metres along the line, or around the area. */
	lengthM: number;
	/** Square metres; undefined while measuring a distance. */
	areaM2?: number;
	isDone: boolean;
}

/** Pixels of the map that panels cover. */
export interface Padding {
	top: number;
	right: number;
	bottom: number;
	left: number;
}

/** No map at all in this browser (no WebGL2, or switched off), or one that was lost; lists and alarms go on without. */
export type MapTroubleKind = 'none' | 'gave-up';
