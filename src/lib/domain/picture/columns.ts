// The live picture as columns: one entry per object on the map, in the order of a space-filling curve.
// Objects are named by their register number (`no`); names, parties and papers are asked for by number when needed.

/** Kinds of objects; the position in this list is the code on the wire and never changes. */
export const OBJECT_KINDS = [
	'site',
	'towerCrane',
	'hoist',
	'materialHoist',
	'mobileCrane',
	'gantryCrane',
	'pit',
	'monitorPoint',
	'highFormwork',
	'climbingScaffold',
	'device',
] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

/** "There is no value" in the 16-bit columns. */
export const NO_VALUE = 0xffff;

export interface PictureColumns {
	/** Objects in the picture; every column has this length (positions twice). */
	count: number;
	/** Last event of the log that is contained. */
	cursor: number;
	/** When it was taken, ms since 1970 UTC. */
	takenAt: number;
	/** Register numbers. */
	no: Uint32Array;
	/** Codes of OBJECT_KINDS. */
	kind: Uint8Array;
	/** Codes of LEVELS. */
	level: Uint8Array;
	/** Longitude and latitude interleaved, degrees WGS 84, exact to 1e-6. */
	positions: Float64Array;
	/** Slew angle of a jib, tenths of a degree clockwise from north, 0–3599, or NO_VALUE. */
	slew: Uint16Array;
	/** Load moment of a crane in tenths of a percent of the rated one, or utilisation of a pit point, or NO_VALUE. */
	load: Uint16Array;
	/** Wind speed in tenths of m/s, or NO_VALUE. */
	wind: Uint16Array;
	/** Seconds between the object's last reading and `takenAt`, capped at 65534; NO_VALUE when it never reported. */
	age: Uint16Array;
}
