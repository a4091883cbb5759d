import { writeArrayBuffer } from 'geotiff';
import { describe, expect, test } from 'vitest';
import { readRainGrid } from './read-rain-grid.ts';

const asked = new URLSearchParams({
	...{ product: '临近预报', issuedAt: '2026-11-20T09:00:00Z', validAt: '2026-11-20T10:00:00Z', periodS: '3600' },
	source: '雷达',
});
const tiff = async () => {
	const file: unknown = await writeArrayBuffer(Float32Array.from([1, 2, 3, -9999]), {
		...{ width: 2, height: 2, GDAL_NODATA: '-9999', GTModelTypeGeoKey: 2, GTRasterTypeGeoKey: 1 },
		...{ GeographicTypeGeoKey: 4326, ModelPixelScale: [0.1, 0.1, 0], ModelTiepoint: [0, 0, 0, 120, 30.2, 0] },
	});
	return new Uint8Array(file as ArrayBuffer);
};

describe('a grid of rain', () => {
	// What the doors put in when a sender names none, what curl says of any file, and the right word.
	test.each([null, 'application/octet-stream', 'application/x-www-form-urlencoded', 'application/json', 'image/tiff'])(
		'as GeoTIFF is taken for one when it is sent as %s',
		async (type) => {
			const grid = await readRainGrid(await tiff(), type, asked);
			expect(grid).toMatchObject({ product: '临近预报', isForecast: false, periodS: 3600, width: 2, height: 2 });
			expect([...grid.mm]).toEqual([1, 2, 3, NaN]);
		},
	);

	test('as GeoTIFF of which nobody says when it holds is refused, and what is missing is named', async () => {
		await expect(readRainGrid(await tiff(), null, new URLSearchParams())).rejects.toThrow(/issuedAt, validAt, periodS/);
	});

	test('that is called a GeoTIFF and is none is refused as such', async () => {
		await expect(readRainGrid(new TextEncoder().encode('{}'), 'image/tiff', asked)).rejects.toThrow(/no GeoTIFF/);
	});

	test('that is neither is refused as no JSON', async () => {
		await expect(readRainGrid(new TextEncoder().encode('rain'), null, asked)).rejects.toThrow(/not JSON/);
	});
});
