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

/** TIFF and BigTIFF, in either order of bytes. */
export function isTiffFile(bytes: Uint8Array): boolean {
	return /^(?:II[*+]\0|MM\0[*+])/.test(String.fromCharCode(...bytes.subarray(0, 4)));
}

const MOST_CELLS = 4_000_000;

export const wrongTiff = (chinese: string, english: string, cause?: unknown) =>
	new Fault('bad-input', 'GeoTIFF', `${chinese} · ${english}.`, { cause });

/**
 * The first image of a GeoTIFF and the EPSG code it names.
 *
 * @throws Fault `bad-input` when it is none, or has too many cells
 */
export async function openTiff(bytes: Uint8Array) {
	// Loaded when it is needed: what it brings along for its workers must not be loaded inside one, as the build does.
	const { fromArrayBuffer } = await import('geotiff');
	let image;
	try {
		const tiff = await fromArrayBuffer(Uint8Array.from(bytes).buffer);
		image = await tiff.getImage();
	} catch (cause) {
		throw wrongTiff('文件不是可读的 GeoTIFF', 'The file is no GeoTIFF that can be read', cause);
	}
	const [width, height] = [image.getWidth(), image.getHeight()];
	if (width * height > MOST_CELLS)
		throw wrongTiff(`格点过多（${width}×${height}）`, `Too many cells (${width}×${height}), ${MOST_CELLS} at most`);
	const keys = image.getGeoKeys() as { ProjectedCSTypeGeoKey?: number; GeographicTypeGeoKey?: number } | null;
	return { image, width, height, crs: keys?.ProjectedCSTypeGeoKey ?? keys?.GeographicTypeGeoKey };
}

/** The first band, NaN where the file marks “no data”. @throws Fault `bad-input` when it cannot be unpacked */
export async function firstBand(image: Awaited<ReturnType<typeof openTiff>>['image']): Promise<Float32Array> {
	let band: ArrayLike<number>;
	try {
		[band] = (await image.readRasters({ samples: [0] })) as unknown as [ArrayLike<number>];
	} catch (cause) {
		throw wrongTiff(
			'栅格数据不完整或压缩方式不支持',
			'The raster is cut off, or packed in a way that cannot be read',
			cause,
		);
	}
	const nothing = image.getGDALNoData();
	return Float32Array.from(band, (value) => (value === nothing || !Number.isFinite(value) ? NaN : value));
}

/** @throws Fault `bad-input` with what is wrong: no GeoTIFF, another projection, too many cells */
export async function readGeoTiff(bytes: Uint8Array): Promise<TiffGrid> {
	const { image, width, height, crs } = await openTiff(bytes);
	if (crs !== undefined && crs !== 4326 && crs !== 4490)
		throw wrongTiff(
			`坐标系为 EPSG:${crs}，请先转换为 EPSG:4326`,
			`The coordinates are EPSG:${crs}; convert them to EPSG:4326 first`,
		);
	let bounds: Bounds;
	try {
		bounds = image.getBoundingBox() as Bounds;
	} catch (cause) {
		throw wrongTiff('文件没有地理定位', 'The file does not say where it lies', cause);
	}
	return { bounds, width, height, values: await firstBand(image) };
}
