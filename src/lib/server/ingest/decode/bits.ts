// Bit strings of the public tower-crane platform frames. The description reads them right to left (the last character
// is bit 0); at least one vendor's example contradicts it, so the order is a setting per vendor.

import type { MappingSettings } from './decoded.ts';

/** What bits 0 to 21 of a tower crane mean. */
export const CRANE_BITS = [
	'wind',
	'overload',
	'collision',
	'moment',
	'tilt',
	'collisionFront',
	'collisionBack',
	'collisionLeft',
	'collisionRight',
	'zone1',
	'zone2',
	'zone3',
	'zone4',
	'limitUp',
	'limitDown',
	'limitOut',
	'limitIn',
	'limitLeft',
	'limitRight',
	'enteredZone',
	'stopAngle',
	'brakeAngle',
] as const;

/** What bits 0 to 3 of an unloading platform mean. */
export const PLATFORM_BITS = ['overloadSoon', 'overload', 'tiltSoon', 'tilt'] as const;

/** How a bit string may look: up to 32 of 0 and 1. */
const BITS = /^[01]{1,32}$/;

export interface ReadBits {
	/** The number whose bit 0 is bit 0. */
	bits: number;
	/** Names of the set bits, lowest first; `bit24` for one that has no name here. */
	names: string[];
}

/** @returns undefined when it is no bit string */
export function readBits(
	text: unknown,
	names: readonly string[],
	order: MappingSettings['bitOrder'] = 'rightToLeft',
): ReadBits | undefined {
	if (typeof text !== 'string' || !BITS.test(text)) return undefined;
	const lowestFirst = order === 'rightToLeft' ? [...text].reverse() : [...text];
	const set = lowestFirst.flatMap((digit, bit) => (digit === '1' ? [bit] : []));
	return {
		bits: set.reduce((sum, bit) => sum + 2 ** bit, 0),
		names: set.map((bit) => names[bit] ?? `bit${bit}`),
	};
}
