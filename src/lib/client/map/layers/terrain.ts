// Terrain as hillshade, and the water a storm leaves on it. Without terrain neither is ever drawn.

import { BitmapLayer } from '@deck.gl/layers';

export interface TerrainShape {
	id: string;
	/** West, south, east, north on the datum of the base map. */
	bounds: [number, number, number, number];
	width: number;
	height: number;
	cellM: number;
	groundM: Float32Array;
}

/** Light from the north-west, 45° high, as maps are read; heights twice as steep, for plains are flat. */
const LIGHT = { x: -0.5, y: -0.5, z: Math.SQRT1_2 };
const STEEPER = 2;
/** Depths in metres and their blues; less than the first is a wet street, not a surface. */
const DEPTHS: readonly [number, [number, number, number, number]][] = [
	[0.1, [120, 190, 255, 110]],
	[0.25, [70, 150, 250, 165]],
	[0.5, [30, 95, 225, 190]],
	[1, [15, 55, 175, 210]],
	[2, [10, 25, 110, 225]],
];

export function hillshadeLayer({ id, bounds, width, height, cellM, groundM }: TerrainShape) {
	const data = new Uint8ClampedArray(width * height * 4);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			const at = y * width + x;
			const east = groundM[x + 1 < width ? at + 1 : at]! - groundM[x > 0 ? at - 1 : at]!;
			const south = groundM[y + 1 < height ? at + width : at]! - groundM[y > 0 ? at - width : at]!;
			if (Number.isNaN(east + south + groundM[at]!)) continue;
			const [slopeX, slopeY] = [(STEEPER * east) / (2 * cellM), (STEEPER * south) / (2 * cellM)];
			const lit = (-slopeX * LIGHT.x - slopeY * LIGHT.y + LIGHT.z) / Math.sqrt(slopeX ** 2 + slopeY ** 2 + 1);
			const flat = lit - LIGHT.z;
			const shade = flat > 0 ? 255 : 0;
			data.set([shade, shade, shade, Math.min(170, Math.abs(flat) * 520) + 12], at * 4);
		}
	return new BitmapLayer({ id: `terrain-${id}`, image: new ImageData(data, width, height), bounds });
}

export function waterDepthLayer({ id, bounds, width, height }: Omit<TerrainShape, 'groundM'>, depthM: Float32Array) {
	const data = new Uint8ClampedArray(width * height * 4);
	for (let i = 0; i < depthM.length; i++) {
		const step = DEPTHS.findLast(([from]) => depthM[i]! >= from);
		if (step) data.set(step[1], i * 4);
	}
	return new BitmapLayer({
		id: `terrain-water-${id}`,
		image: new ImageData(data, width, height),
		bounds,
		textureParameters: { minFilter: 'nearest', magFilter: 'nearest' },
	});
}
