// How the colour of a point is drawn: a colour of the levels, and a mark that is read without it.

import type { Band } from '#lib/domain/pit/band.ts';

export const BAND_COLOUR: Record<Band, string> = {
	calm: 'var(--level-normal)',
	blue: 'var(--risk-blue)',
	yellow: 'var(--level-notice)',
	orange: 'var(--level-warning)',
	red: 'var(--level-danger)',
	unknown: 'var(--level-unknown)',
};
