// A terrain model of a file, in whatever coordinates it has, as a grid of square cells between two meridians and two
// parallels: what the water model moves on and the map can lay over itself.

import type { Bounds, LngLat } from '../../geo.ts';
import type { Terrain } from './terrain.ts';

/** Heights as a file has them, rows from the top; NaN where it has none. */
export interface RawTerrain {
	width: number;
	height: number;
	heightM: ArrayLike<number>;
	/** Left and upper edge, and the size of a cell, in the file's coordinates. */
	left: number;
	top: number;
	stepX: number;
	stepY: number;
}

/** The way between the file's coordinates and degrees of WGS 84. */
export interface Way {
	toLngLat(at: [number, number]): LngLat;
	fromLngLat(at: LngLat): [number, number];
}

export interface PlacedTerrain extends Terrain {
	bounds: Bounds;
}

const METRES_PER_DEGREE = 111_195;

/**
 * Between the middles of four cells heights are drawn bilinearly; where one of them is unknown, so is the place.
 *
 * @param mostCells - of the grid that is made
 * @returns how many cells it would take, when that is too many
 */
export function squareTerrain(raw: RawTerrain, way: Way, mostCells: number): PlacedTerrain | { tooMany: number } {
	const bounds = footprint(raw, way);
	const [west, south, east, north] = bounds;
	const middle = ((south + north) / 2) * (Math.PI / 180);
	const acrossM = (east - west) * METRES_PER_DEGREE * Math.cos(middle);
	const downM = (north - south) * METRES_PER_DEGREE;
	// As fine as the finer side of the file's cells.
	const cellM = Math.min(acrossM / raw.width, downM / raw.height);
	const width = Math.max(1, Math.round(acrossM / cellM));
	const height = Math.max(1, Math.round(downM / cellM));
	if (!(width * height <= mostCells)) return { tooMany: width * height };
	const groundM = new Float32Array(width * height);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			const lng = west + ((x + 0.5) / width) * (east - west);
			const lat = north - ((y + 0.5) / height) * (north - south);
			const [fileX, fileY] = way.fromLngLat([lng, lat]);
			groundM[y * width + x] = between(raw, (fileX - raw.left) / raw.stepX - 0.5, (raw.top - fileY) / raw.stepY - 0.5);
		}
	return { width, height, cellM, groundM, bounds };
}

function footprint({ left, top, width, height, stepX, stepY }: RawTerrain, way: Way): Bounds {
	const right = left + width * stepX;
	const bottom = top - height * stepY;
	const corners = [
		[left, top],
		[right, top],
		[left, bottom],
		[right, bottom],
	].map((corner) => way.toLngLat(corner as [number, number]));
	const lngs = corners.map(([lng]) => lng);
	const lats = corners.map(([, lat]) => lat);
	return [Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)];
}

/** Height at a place counted in cells from the middle of the first one; half a cell beyond the outermost is still theirs. */
function between({ width, height, heightM }: RawTerrain, column: number, row: number): number {
	if (column < -0.5 || row < -0.5 || column > width - 0.5 || row > height - 0.5) return NaN;
	const x = Math.min(Math.max(column, 0), width - 1);
	const y = Math.min(Math.max(row, 0), height - 1);
	const [x0, y0] = [Math.floor(x), Math.floor(y)];
	const [x1, y1] = [Math.min(x0 + 1, width - 1), Math.min(y0 + 1, height - 1)];
	const [u, v] = [x - x0, y - y0];
	const at = (i: number, j: number, weight: number) => (weight === 0 ? 0 : heightM[j * width + i]! * weight);
	return at(x0, y0, (1 - u) * (1 - v)) + at(x1, y0, u * (1 - v)) + at(x0, y1, (1 - u) * v) + at(x1, y1, u * v);
}

/** The cell a place lies in, as `y · width + x`; undefined outside. */
export function cellAt(
	{ width, height, bounds }: Pick<PlacedTerrain, 'width' | 'height' | 'bounds'>,
	[lng, lat]: LngLat,
) {
	const [west, south, east, north] = bounds;
	const x = Math.floor(((lng - west) / (east - west)) * width);
	const y = Math.floor(((north - lat) / (north - south)) * height);
	return x >= 0 && y >= 0 && x < width && y < height ? y * width + x : undefined;
}
