// The drawings, as features.

import { readFileSync } from 'node:fs';

export function drawn(name) {
	return JSON.parse(readFileSync(new URL(`${name}.geojson`, import.meta.url), 'utf8')).features;
}
