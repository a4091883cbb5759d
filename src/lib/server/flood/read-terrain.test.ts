import { writeArrayBuffer } from 'geotiff';
import { describe, expect, test } from 'vitest';
import { readTerrain } from './read-terrain.ts';

const NOTHING = -9999;

/** A GeoTIFF of heights that rise to the east by a metre a column. */
async function aTiff(width: number, height: number, keys: Record<string, unknown>): Promise<Uint8Array> {
	const values = Float32Array.from({ length: width * height }, (_, i) => 5 + (i % width));
	values[0] = NOTHING;
	const tiff: unknown = writeArrayBuffer(values, {
		...{ width, height, GDAL_NODATA: String(NOTHING), GTRasterTypeGeoKey: 1 },
		...keys,
	});
	return new Uint8Array((await tiff) as ArrayBuffer);
}
const degrees = {
	...{ GTModelTypeGeoKey: 2, GeographicTypeGeoKey: 4326 },
	...{ ModelPixelScale: [0.001, 0.001, 0], ModelTiepoint: [0, 0, 0, 120.2, 30.2, 0] },
};
/** Gauss-Krüger of CGCS2000 around 120° east: what survey offices here deliver. */
const metric = {
	...{ GTModelTypeGeoKey: 1, ProjectedCSTypeGeoKey: 4549 },
	...{ ModelPixelScale: [10, 10, 0], ModelTiepoint: [0, 0, 0, 520_000, 3_340_000, 0] },
};

describe('a terrain model of a file', () => {
	test('in degrees lies where it says, and “no data” is not a height', async () => {
		const read = await readTerrain(await aTiff(50, 40, degrees));
		expect(read.bounds.map((edge) => Number(edge.toFixed(6)))).toEqual([120.2, 30.16, 120.25, 30.2]);
		expect(read.crs).toBe(4326);
		expect(read.lowestM).toBeGreaterThanOrEqual(5);
		expect(read.highestM).toBeLessThanOrEqual(54);
		expect(read.knownShare).toBeLessThan(1);
		expect(read.knownShare).toBeGreaterThan(0.99);
	});

	test('in metres of CGCS2000 keeps its cells and lies in the district', async () => {
		const read = await readTerrain(await aTiff(60, 60, metric));
		expect(read.cellM).toBeCloseTo(10, 0);
		expect(read.bounds[0]).toBeCloseTo(120.2076, 3);
		// The meridian is 3,320,113 m long up to 30° on GRS 80, and 110.86 km a degree there.
		expect(read.bounds[3]).toBeCloseTo(30.1794, 3);
	});

	test.each([
		['no TIFF at all', async () => new Uint8Array([1, 2, 3, 4]), /GeoTIFF/],
		['a file that is cut off', async () => (await aTiff(50, 40, degrees)).subarray(0, 900), /cut off|GeoTIFF/],
		['coordinates nobody knows', () => aTiff(4, 4, { ...metric, ProjectedCSTypeGeoKey: 2193 }), /EPSG:2193/],
		['more cells than a browser can move', () => aTiff(1600, 1500, degrees), /2250000/],
	])('refuses %s and says why', async (_, bytes, why) => {
		await expect(readTerrain(await bytes())).rejects.toThrow(why);
	});
});
