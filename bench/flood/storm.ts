// The storm and the ground of the water benchmarks: 1,406 km² in cells of 30 m, 50 mm in an hour.

import { stepped, type Terrain } from '../../src/lib/domain/flood/water/terrain.ts';

export const STORM = { width: 1250, height: 1250, cellM: 30, rainMmH: 50, hours: 1, manning: 0.05 };

/** Hills in the south, a plain with shallow hollows in the north, noise as a survey has it. */
export function stormGround(): Terrain {
	const { width, height, cellM } = STORM;
	const groundM = new Float32Array(width * height);
	let noise = 1;
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0;
			const east = x * cellM;
			const south = y * cellM;
			const hills = 90 * Math.max(0, y / height - 0.45) * (1.2 + Math.sin(east / 1700) * Math.cos(south / 2100));
			const plain = 1.2 * Math.sin(east / 900) * Math.cos(south / 1100) + 0.6 * Math.sin(east / 230 + south / 310);
			groundM[y * width + x] = stepped(6 + hills + plain + noise / 2 ** 32 / 4);
		}
	return { width, height, cellM, groundM };
}
