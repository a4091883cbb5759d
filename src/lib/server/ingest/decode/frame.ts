// Frames as parsed JSON: what is one, and how one is kept.

import { TELEMETRY_LIMITS, VALUE_NAME } from '#lib/contract/telemetry.ts';
import { isKeepable } from '#lib/domain/device/keepable.ts';

export type Frame = Readonly<Record<string, unknown>>;

export function isPlainFrame(value: unknown): value is Frame {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The frame as evidence; a picture is kept by itself. What the database cannot keep is told by a note in its place. */
export function keptRaw(frame: Frame): unknown {
	const { image, ...rest } = frame;
	const raw = typeof image === 'string' ? { ...rest, image: `${image.length} characters` } : frame;
	return isKeepable(raw, TELEMETRY_LIMITS.raw, TELEMETRY_LIMITS.rawDepth) ? raw : { notKept: 'too large or invalid' };
}

const LEFT_OUT = new Set(['__proto__', 'constructor', 'prototype']);

/** The name as one of a value; undefined when it cannot be one. */
export function tidyName(name: string): string | undefined {
	return VALUE_NAME.test(name) && !LEFT_OUT.has(name) ? name : undefined;
}

/** In our unit, without the dust that a multiplication leaves behind the twelfth digit. */
export function scaled(value: number, ...factors: (number | undefined)[]): number {
	const product = factors.reduce<number>((so, factor) => so * (factor ?? 1), value);
	return product === value ? value : Number(product.toPrecision(12));
}

/**
 * Tells frames of one device and one second apart where the vendor numbers none: a frame that came twice is the same,
 * another event of that second is not. Of the frame as JSON; of a picture its length.
 */
function seqOfContent({ image, ...rest }: Frame): number {
	return hashOf(JSON.stringify([rest, typeof image === 'string' ? image.length : image]));
}

/** FNV-1a, 32 bits. */
export function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return hash >>> 0;
}

/** The number the frame carries; where it has none, one from what it says. */
export function seqOf(frame: Frame): number {
	const { seq } = frame;
	return Number.isSafeInteger(seq) && (seq as number) >= 0 ? (seq as number) : seqOfContent(frame);
}
