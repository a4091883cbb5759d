// Noto Sans SC (SIL Open Font License 1.1) for the names on the map, served by the product itself.
// The 101 parts are fetched one by one as characters need them; Vite gives each part its address.

import unicodeRanges from '@fontsource-variable/noto-sans-sc/unicode.json';
import type { FontFacesSpecification } from 'maplibre-gl';
import { FONT } from './names.ts';

// Never inlined: the content security policy lets fonts come from the product's own addresses only.
const ADDRESSES = import.meta.glob<string>(
	'/node_modules/@fontsource-variable/noto-sans-sc/files/*-wght-normal.woff2',
	{
		query: '?url&no-inline',
		import: 'default',
		eager: true,
	},
);

/** @param origin what the addresses stand on: `location.href` */
export function mapFonts(origin: string): FontFacesSpecification {
	const ranges = unicodeRanges as Record<string, string>;
	const parts = Object.entries(ADDRESSES).map(([file, address]) => {
		const part = /noto-sans-sc-(.+)-wght-normal\.woff2$/.exec(file)?.[1] ?? '';
		const range = ranges[part] ?? ranges[`[${part}]`];
		if (!range) throw new Error(`No characters are named for the font part ${part}.`);
		return { url: new URL(address, origin).href, 'unicode-range': range.split(',') };
	});
	return { [FONT]: parts };
}
