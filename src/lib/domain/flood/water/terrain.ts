// A terrain model as the water sees it: a grid of square cells with heights.

export interface Terrain {
	/** Cells from west to east, and from north to south. */
	width: number;
	height: number;
	/** Side of a cell, metres. */
	cellM: number;
	/** Metres above the datum of the model, row by row from the north-west; NaN where nothing is known. */
	groundM: Float32Array;
}

/** Heights are held in steps of a power of two near a millimetre: sums of ground and water stay exact, and steps sort. */
export const STEPS_PER_M = 1024;

/** Height in metres, put on a whole step. */
export const stepped = (heightM: number): number => Math.round(heightM * STEPS_PER_M) / STEPS_PER_M;

/** @throws RangeError when the grid has no cells, another number of heights, or a cell size that is not positive */
export function checkTerrain({ width, height, cellM, groundM }: Terrain): void {
	if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0))
		throw new RangeError(`A terrain of ${width} × ${height} cells; both must be whole and positive.`);
	if (groundM.length !== width * height)
		throw new RangeError(`${groundM.length} heights for ${width} × ${height} cells.`);
	if (!(cellM > 0 && Number.isFinite(cellM))) throw new RangeError(`A cell of ${cellM} m; it must be positive.`);
}
