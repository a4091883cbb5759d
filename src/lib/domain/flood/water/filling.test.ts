import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drainage } from './drainage.ts';
import { fillByRain } from './filling.ts';
import { depressionHierarchy } from './hierarchy.ts';
import { OUTSIDE } from './runoff.ts';
import { standingWater } from './standing-water.ts';
import type { Terrain } from './terrain.ts';

function terrain(width: number, height: number, cellM: number, ground: (x: number, y: number) => number): Terrain {
	const groundM = new Float32Array(width * height);
	for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) groundM[y * width + x] = ground(x, y);
	return { width, height, cellM, groundM };
}

/** A plain at 10 m with round pits that narrow to a point. */
function pits(size: number, cones: { x: number; y: number; radius: number; depth: number }[]): Terrain {
	return terrain(size, size, 1, (x, y) =>
		cones.reduce(
			(low, c) => Math.min(low, 10 - c.depth * Math.max(0, 1 - Math.hypot(x - c.x, y - c.y) / c.radius)),
			10,
		),
	);
}
/** The surface with every hollow filled: a priority flood by plain search, Barnes, Lehman, Mulla (2014). */
function flooded({ width, height, groundM }: Terrain): Float64Array {
	const level = new Float64Array(width * height).fill(Infinity);
	const isEdge = (cell: number) => {
		const [x, y] = [cell % width, Math.floor(cell / width)];
		return x === 0 || y === 0 || x === width - 1 || y === height - 1;
	};
	const open = new Set<number>();
	for (let cell = 0; cell < level.length; cell++)
		if (isEdge(cell)) {
			level[cell] = groundM[cell]!;
			open.add(cell);
		}
	while (open.size) {
		const cell = [...open].reduce((a, b) => (level[b]! < level[a]! ? b : a));
		open.delete(cell);
		for (const dy of [-1, 0, 1])
			for (const dx of [-1, 0, 1]) {
				const [x, y] = [(cell % width) + dx, Math.floor(cell / width) + dy];
				const next = y * width + x;
				if (x < 0 || y < 0 || x >= width || y >= height || level[next] !== Infinity) continue;
				level[next] = Math.max(groundM[next]!, level[cell]!);
				open.add(next);
			}
	}
	return level;
}
const cone = ({ radius, depth }: { radius: number; depth: number }) => (Math.PI * radius ** 2 * depth) / 3;

describe('a conical pit', () => {
	test.each([
		[20, 6],
		[35, 3],
		[28, 12],
	])('of radius %d m and depth %d m holds a third of radius² · π · depth', (radius, depth) => {
		const { hollows } = depressionHierarchy(pits(101, [{ x: 50, y: 50, radius, depth }]));
		const deepest = Math.max(...hollows.holdsM3);
		expect(deepest / cone({ radius, depth })).toBeCloseTo(1, 2);
	});

	test('is full after its volume has rained on its catchment', () => {
		// A funnel: all ground falls to the pit, so the catchment is the whole square within the rim.
		const size = 61;
		const funnel = terrain(size, size, 2, (x, y) => {
			const rim = Math.max(Math.abs(x - 30), Math.abs(y - 30)) >= 29 ? 0 : 1;
			return 20 + 0.01 * Math.hypot(x - 30, y - 30) - rim * 4;
		});
		const hierarchy = depressionHierarchy(funnel);
		const top = hierarchy.hollows.parent.findIndex(
			(parent, i) => i > 0 && parent === -1 && hierarchy.hollows.holdsM3[i]! > 1000,
		);
		const { holdsM3, catchmentM2 } = hierarchy.hollows;
		const area = catchmentM2.slice(1).reduce((sum, one) => sum + one, 0);
		const filling = fillByRain(hierarchy, 100, 1000);
		expect(filling.fullAtH[top]).toBeCloseTo(holdsM3[top]! / (area * 0.1), 6);
	});
});

describe('two pits side by side', () => {
	const small = { x: 30, y: 40, radius: 18, depth: 3 };
	const large = { x: 56, y: 40, radius: 22, depth: 6 };
	const hierarchy = depressionHierarchy(pits(90, [small, large]));

	test('have a saddle below the plain and go on as one above it', () => {
		const { hollows } = hierarchy;
		const children = [...hollows.sibling.keys()].filter((i) => hollows.sibling[i]! > 0 && hollows.holdsM3[i]! > 100);
		expect(children).toHaveLength(2);
		const both = hollows.parent[children[0]!]!;
		expect(hollows.parent[children[1]!]).toBe(both);
		expect(hollows.saddleM[children[0]!]).toBeLessThan(10);
		expect(hollows.saddleM[both]).toBe(10);
		expect(hollows.holdsM3[both]).toBeGreaterThan(hollows.holdsM3[children[0]!]! + hollows.holdsM3[children[1]!]!);
	});

	test('the small one is full first and helps to fill the large one', () => {
		const { hollows } = hierarchy;
		const [a, b] = [...hollows.sibling.keys()].filter((i) => hollows.sibling[i]! > 0 && hollows.holdsM3[i]! > 100);
		const [first, second] = hollows.holdsM3[a!]! < hollows.holdsM3[b!]! ? [a!, b!] : [b!, a!];
		const filling = fillByRain(hierarchy, 50, 200);
		expect(filling.fullAtH[first]).toBeLessThan(filling.fullAtH[second]!);
		const alone = hollows.holdsM3[second]! / (hollows.catchmentM2[second]! * 0.05);
		expect(filling.fullAtH[second]).toBeLessThan(alone);
	});

	test('the lowest point of a pit is wet from the first drop', () => {
		const { wetAtH } = fillByRain(hierarchy, 50, 1, [40 * 90 + 30, 40 * 90 + 56]);
		expect([...wetAtH.values()]).toEqual([0, 0]);
	});
});

describe('whatever the terrain', () => {
	const rough = fc
		.record({
			width: fc.integer({ min: 3, max: 12 }),
			height: fc.integer({ min: 3, max: 12 }),
			seed: fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
		})
		.map(({ width, height, seed }) =>
			terrain(width, height, 5, () => seed.next().value! + (seed.next().value! > 7 ? 0.5 : 0)),
		);
	const rain = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 48 }));

	test('rain is in the hollows or gone, to the drop', () => {
		fc.assert(
			fc.property(rough, rain, (land, [mmH, hours]) => {
				const hierarchy = depressionHierarchy(land);
				const filling = fillByRain(hierarchy, mmH, hours);
				const depth = standingWater(hierarchy, filling);
				const stands = depth.reduce((sum, d) => sum + d, 0) * land.cellM ** 2;
				expect(stands + filling.goneM3).toBeCloseTo(filling.rainM3, 2);
			}),
		);
	});

	test('rain without end fills every hollow to the brim that a priority flood finds', () => {
		fc.assert(
			fc.property(rough, (land) => {
				const hierarchy = depressionHierarchy(land);
				const depth = standingWater(hierarchy, fillByRain(hierarchy, 1000, 1e5));
				const { filledM } = drainage(hierarchy);
				const brim = flooded(land);
				for (let i = 0; i < depth.length; i++) {
					expect(land.groundM[i]! + depth[i]!).toBeCloseTo(brim[i]!, 3);
					expect(filledM[i]!).toBeCloseTo(brim[i]!, 3);
				}
			}),
		);
	});

	test('when all is full every drop drains over the edge, and more drains through a cell the lower it lies', () => {
		fc.assert(
			fc.property(rough, (land) => {
				const hierarchy = depressionHierarchy(land);
				const { throughCells } = drainage(hierarchy);
				const { to } = hierarchy.runoff;
				const { stride, steps } = hierarchy.ground;
				let over = 0;
				for (let y = 0; y < land.height; y++)
					for (let x = 0; x < land.width; x++) {
						const at = (y + 1) * stride + x + 1;
						const cell = y * land.width + x;
						if (steps[to[at]!]! < 0) over += throughCells[cell]!;
						else if (to[at] !== at) {
							const next = (Math.floor(to[at]! / stride) - 1) * land.width + (to[at]! % stride) - 1;
							expect(throughCells[next]!).toBeGreaterThan(throughCells[cell]!);
						}
					}
				expect(over).toBe(land.width * land.height);
			}),
		);
	});

	test('standing water is level: no wet cell stands higher than a wet neighbour', () => {
		fc.assert(
			fc.property(rough, rain, (land, [mmH, hours]) => {
				const hierarchy = depressionHierarchy(land);
				const filling = fillByRain(hierarchy, mmH, hours);
				const depth = standingWater(hierarchy, filling);
				const { width } = land;
				for (let i = 0; i + 1 < depth.length; i++) {
					if ((i + 1) % width === 0 || depth[i]! < 0.01 || depth[i + 1]! < 0.01) continue;
					expect(land.groundM[i]! + depth[i]!).toBeCloseTo(land.groundM[i + 1]! + depth[i + 1]!, 3);
				}
			}),
		);
	});

	test('more rain never empties a hollow, and none is full later', () => {
		fc.assert(
			fc.property(rough, fc.integer({ min: 1, max: 100 }), (land, mmH) => {
				const hierarchy = depressionHierarchy(land);
				const less = fillByRain(hierarchy, mmH, 24);
				const more = fillByRain(hierarchy, 2 * mmH, 24);
				for (let i = 1; i < hierarchy.hollows.count; i++) expect(more.fullAtH[i]).toBeLessThanOrEqual(less.fullAtH[i]!);
				expect(more.waterM3[OUTSIDE]).toBeGreaterThanOrEqual(less.waterM3[OUTSIDE]!);
			}),
		);
	});
});
