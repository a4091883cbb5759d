// One band of a GeoTIFF as a grid of rain, in degrees of WGS 84.

import type { Bounds } from '#lib/domain/geo.ts';
import { Fault } from '../errors.ts';

export interface TiffGrid {
	bounds: Bounds;
	width: number;
	height: number;
	/** Rows from north to south; NaN where the file has no data. */
	values: Float32Array;
}

const MOST_CELLS = 4_000_000;

/** @throws Fault `bad-input` with what is wrong: no GeoTIFF, another projection, too many cells */
export async function readGeoTiff(bytes: Uint8Array): Promise<TiffGrid> {
	const wrong = (chinese: string, english: string, cause?: unknown) =>
		new Fault('bad-input', 'GeoTIFF', `${chinese} · ${english}.`, { cause });
	// Loaded when it is needed: what it brings along for its workers must not be loaded inside one, as the build does.
	const { fromArrayBuffer } = await import('geotiff');
	let image;
	try {
		const tiff = await fromArrayBuffer(Uint8Array.from(bytes).buffer);
		image = await tiff.getImage();
	} catch (cause) {
		throw wrong('文件不是可读的 GeoTIFF', 'The file is no GeoTIFF that can be read', cause);
	}
	const [width, height] = [image.getWidth(), image.getHeight()];
	if (width * height > MOST_CELLS)
		throw wrong(`格点过多（${width}×${height}）`, `Too many cells (${width}×${height}), ${MOST_CELLS} at most`);
	const keys = image.getGeoKeys() as { ProjectedCSTypeGeoKey?: number; GeographicTypeGeoKey?: number } | null;
	const crs = keys?.ProjectedCSTypeGeoKey ?? keys?.GeographicTypeGeoKey;
	if (crs !== undefined && crs !== 4326 && crs !== 4490)
		throw wrong(
			`坐标系为 EPSG:${crs}，请先转换为 EPSG:4326`,
			`The coordinates are EPSG:${crs}; convert them to EPSG:4326 first`,
		);
	let bounds: Bounds;
	try {
		bounds = image.getBoundingBox() as Bounds;
	} catch (cause) {
		throw wrong('文件没有地理定位', 'The file does not say where it lies', cause);
	}
	const [band] = (await image.readRasters({ samples: [0] })) as unknown as [ArrayLike<number>];
	const nothing = image.getGDALNoData();
	const values = Float32Array.from(band, (value) => (value === nothing || !Number.isFinite(value) ? NaN : value));
	return { bounds, width, height, values };
}
