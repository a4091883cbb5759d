// What a terminal's camera or microphone sends (0x0801): what it is, why, where it was, and its bytes.

export interface Media {
	id: number;
	/** `image`, `audio`, `video`, or the number of another. */
	kind: string;
	/** Why it was made. */
	event: string;
	/** The 28 bytes of a position; 2011 has none. */
	report?: Uint8Array;
	bytes: Uint8Array;
}

const HEAD = 8;
const REPORT = 28;
const TIME_AT = 22;
const KINDS = ['image', 'audio', 'video'];
const EVENTS = ['asked', 'timed', 'robbery', 'collision', 'doorOpen', 'doorClosed', 'doorJustClosed', 'distance'];

/** @returns undefined when it is too short */
export function mediaOf(body: Uint8Array): Media | undefined {
	if (body.length < HEAD) return undefined;
	const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
	const [, , , , kind = 0, , event = 0] = body;
	const report = body.subarray(HEAD, HEAD + REPORT);
	return {
		id: view.getUint32(0),
		kind: KINDS[kind] ?? String(kind),
		event: EVENTS[event] ?? `event${event}`,
		...(hasTime(report) ? { report, bytes: body.slice(HEAD + REPORT) } : { bytes: body.slice(HEAD) }),
	};
}

/** A picture has no date where a position has one. */
function hasTime(report: Uint8Array): boolean {
	if (report.length < REPORT) return false;
	const digits = Buffer.from(report.subarray(TIME_AT)).toString('hex');
	return /^\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])([0-5]\d){2}$/.test(digits);
}
