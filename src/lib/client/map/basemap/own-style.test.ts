import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, test } from 'vitest';
import { archiveStyle, rasterStyle } from './own-style.ts';

const vector = (layers: string[]) =>
	archiveStyle({
		...{ theme: 'dark', textScale: 1, url: 'pmtiles://http://x/y', fonts: {}, isVector: true, maxZoom: 14 },
		layers,
	});

describe('styles of a bureau’s own tiles', () => {
	test.each([
		['Protomaps', ['earth', 'landuse', 'water', 'roads', 'boundaries', 'buildings', 'places']],
		['OpenMapTiles', ['landcover', 'water', 'waterway', 'transportation', 'building', 'boundary', 'place']],
		['names nobody foresaw', ['dltb', 'xzq']],
	])('%s: every layer of the archive is drawn, names on top, and the style is a valid one', (_, layers) => {
		const style = vector(layers);
		const drawn = new Set(style.layers.flatMap((layer) => ('source-layer' in layer ? [layer['source-layer']] : [])));
		expect(drawn).toEqual(new Set(layers));
		expect(style.layers.findLastIndex(({ type }) => type !== 'symbol')).toBeLessThan(
			style.layers.findIndex(({ type }) => type === 'symbol') >>> 0,
		);
		expect(validateStyleMin(style)).toEqual([]);
	});

	test('pictures step back on the dark ground and stay as they are on the light one', () => {
		const paintOf = (theme: 'dark' | 'light') =>
			rasterStyle(theme, [{ url: 'pmtiles://http://x/y' }], 18).layers[1]!.paint;
		expect(paintOf('dark')).toMatchObject({ 'raster-brightness-max': expect.any(Number) });
		expect(paintOf('light')).toEqual({});
		expect(validateStyleMin(rasterStyle('dark', [{ tiles: ['http://x/{z}/{x}/{y}'] }], 18))).toEqual([]);
	});
});
