// The shape of every level, so that nobody has to tell them apart by colour: the same ones the map draws on the
// graphics card (map/gl/shape-shader.ts), so that the legend shows what lies on the map.

import type { Level } from '#lib/domain/level.ts';

export interface LevelShape {
	/** SVG path on a 24 × 24 grid, centred. */
	path: string;
	/** SVG path of the sign inside, stroked; empty when the shape speaks for itself. */
	sign: string;
	/** Filled; hatched where nothing is known; a line only for what is silent as planned. */
	fill: 'solid' | 'hatched' | 'hollow';
}

export const LEVEL_SHAPES: Record<Level, LevelShape> = {
	unknown: {
		path: 'M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20Z',
		sign: 'M9.6 9.6a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1.1.8-1.1 1.7M12 16.6v.2',
		fill: 'hatched',
	},
	off: { path: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16Z', sign: 'M8 12h8', fill: 'hollow' },
	normal: { path: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16Z', sign: '', fill: 'solid' },
	notice: { path: 'M12 1.2 22.8 12 12 22.8 1.2 12Z', sign: 'M12 7.2v5.6M12 16.4v.2', fill: 'solid' },
	warning: { path: 'M12 2.2 23 21.5H1Z', sign: 'M12 9.5v5.2M12 17.8v.2', fill: 'solid' },
	danger: { path: 'M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4Z', sign: 'M8 8l8 8M16 8l-8 8', fill: 'solid' },
};
