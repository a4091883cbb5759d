// What must be written on the map. The product's own base map owes its water to OpenStreetMap (ODbL) and is no
// statutory map; a bureau's own base map shows its owner and its review number.

import { m } from '../../words/generated/messages.js';
import type { BaseMap } from '../base-map.ts';

/** In the language of the screen, in the order in which they are shown; always visible, never behind a button. */
export function attributionLines(base: BaseMap): string[] {
	if (base.kind === 'bundled') return [m.basemap_water_credit(), m.basemap_schematic()];
	const reviewNo = base.reviewNo ? m.basemap_review_number({ number: base.reviewNo }) : m.basemap_review_missing();
	return [reviewNo, base.attribution].filter((line) => line !== '');
}
