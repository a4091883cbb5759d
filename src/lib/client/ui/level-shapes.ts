// The shape of every level, so that nobody has to tell them apart by colour. Panels draw them as SVG, the map bakes
// them into its icon atlas: what the legend shows is what lies on the map.

import type { Level } from '#lib/domain/level.ts';

export interface LevelShape {
	/** SVG path on a 24 × 24 grid, centred. */
	path: string;
	/** SVG path of the sign inside, stroked; empty when the shape speaks for itself. */
	sign: string;
	/** Filled, hatched (nothing is known) or drawn as a line only. */
	fill: 'solid' | 'hatched';
}

export const LEVEL_SHAPES: Record<Level, LevelShape> = {
	unknown: {
		path: 'M12 1.5 22.5 12 12 22.5 1.5 12Z',
		sign: 'M9.6 9.6a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1.1.8-1.1 1.7M12 16.6v.2',
		fill: 'hatched',
	},
	off: { path: 'M4 9.75h16v4.5H4Z', sign: '', fill: 'solid' },
	normal: { path: 'M12 4.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15Z', sign: '', fill: 'solid' },
	notice: { path: 'M12 2.2 23 21.5H1Z', sign: 'M12 9.5v5.2M12 17.6v.2', fill: 'solid' },
	warning: { path: 'M2.5 2.5h19v19h-19Z', sign: 'M12 6.4v7.2M12 17.2v.2', fill: 'solid' },
	danger: { path: 'M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4Z', sign: 'M8 8l8 8M16 8l-8 8', fill: 'solid' },
};
