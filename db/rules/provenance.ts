// A number with where it comes from and how sure that is.

import type { Confidence, Rule } from '../../src/lib/domain/rule.ts';

const of =
	(confidence: Confidence) =>
	(value: number, unit: string, source: string): Rule => ({ value, unit, source, confidence });

/** Ours, after what the source says of the matter. */
export const assumed = of('assumed');
/** As others report it; the source itself was not read. */
export const reported = of('reported');
