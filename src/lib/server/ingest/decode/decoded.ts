// What a decoder makes of bytes. Decoders are pure: the bytes, the moment they came and what is known of the vendor
// are arguments, and the answer is readings, or why there are none.

import type { Qualities } from '#lib/domain/device/quality.ts';

/** A reading on its way to `accept`; the device may still be called by the name its vendor gave it. */
export interface DecodedReading {
	device: string;
	/** ISO 8601 with zone. */
	at: string;
	seq?: number;
	gatewayAt?: string;
	values: Record<string, number | boolean | string>;
	quality?: Qualities;
	/** What was sent, with everything nobody here knows. */
	raw?: unknown;
}

/** A picture that came with an event of a camera, not yet checked. */
export interface DecodedStill {
	device: string;
	at: string;
	event: string;
	bytes: Uint8Array;
}

export const DEAD_REASONS = [
	'not-json',
	'bad-frame',
	'bad-checksum',
	'bad-length',
	'bad-time',
	'future',
	'bad-value',
	'too-many-values',
	'unknown-device',
	'unknown-message',
	'bad-topic',
	'not-authenticated',
	'bad-still',
	'not-allowed',
	'too-large',
] as const;
export type DeadReason = (typeof DEAD_REASONS)[number];

export interface Dead {
	reason: DeadReason;
	/** In one sentence, for the person who repairs it. */
	detail: string;
	/** What the frame calls its device, when that could be read. */
	externalId?: string;
}

/** Bytes that are kept because nobody can read them. */
export interface Lost {
	dead: Dead;
	raw: Uint8Array;
}

export interface Decoded {
	readings: DecodedReading[];
	stills?: DecodedStill[];
	/** Set when nothing, or not everything, could be read. */
	dead?: Dead;
}

/** Why bytes were not read. */
export const deadOf = (reason: DeadReason, detail: string, externalId?: string): Dead => ({
	...{ reason, detail },
	...(externalId !== undefined && { externalId }),
});

/** Of which nothing could be read. */
export const dead = (...why: Parameters<typeof deadOf>): Decoded => ({ readings: [], dead: deadOf(...why) });

/** How a vendor's frames are to be read; by device, by vendor's name of it, or for a whole protocol. */
export interface MappingSettings {
	/** Which end of a bit string bit 0 stands at. The published description says right to left. */
	bitOrder?: 'rightToLeft' | 'leftToRight';
	/** Factor per quantity of ours, to its unit: `{"pm25": 0.001}` for a station that sends ng/m³. */
	unitFactors?: Readonly<Record<string, number>>;
}

export interface Mapping {
	/** Our name of a device the vendor calls otherwise. */
	deviceOf(externalId: string): string;
	settingsOf(externalId: string): MappingSettings;
}

/** Everybody is called as the register calls them, and sends as the standards say. */
export const PLAIN: Mapping = { deviceOf: (id) => id, settingsOf: () => ({}) };
