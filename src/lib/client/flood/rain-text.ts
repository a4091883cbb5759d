// Rain as people read it: `12.5`, `≥ 12.5` where a part of the time is not known, nothing where nothing is.

import type { RainKnown, RainSums } from '#lib/domain/flood/rain-known.ts';
import { number } from '../words/format.ts';

export function rainText(rain: RainKnown, span: keyof RainSums): string {
	const whole = rain[span];
	if (whole !== null) return number(whole, 1);
	const least = rain.least?.[span];
	return least ? `≥ ${number(least, 1)}` : '';
}

/** Millimetres of the last hour to rank by; what nobody knows comes last. */
export function lastHour({ h1, least }: RainKnown): number {
	return h1 ?? least?.h1 ?? -1;
}
