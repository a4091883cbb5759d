// What a decoder made of a frame, taken in: readings through `accept`, stills into their table, what could not be read
// into the dead letters with the whole frame. Answers once all of it is stored.

import type { Narrowing } from '#lib/domain/access/principal.ts';
import type { Ingest } from './accept.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { Decoded } from './decode/decoded.ts';
import type { Stills } from './stills.ts';

export interface Intake {
	ingest: Ingest;
	deadLetters: DeadLetters;
	stills: Stills;
}

export interface FrameOrigin {
	protocol: string;
	source: string;
	raw: Uint8Array;
	narrowing?: Narrowing;
	/** The key it came with, where one was shown. */
	keyId?: string;
}

/** @throws Fault when it could not be stored; whoever sent it keeps it */
export async function takeDecoded(intake: Intake, decoded: Decoded, origin: FrameOrigin): Promise<void> {
	const { narrowing, ...frame } = origin;
	const { protocol, source } = frame;
	const from = { protocol, source, keepsRefused: true };
	const keep = (dead: NonNullable<Decoded['dead']>) => intake.deadLetters.keep({ ...dead, ...frame });
	const { readings, stills = [], dead } = decoded;
	if (readings.length > 0) {
		const { rejected } = await intake.ingest.accept(readings, narrowing, from);
		const first = rejected[0];
		if (first && !dead)
			await keep({ reason: first.code, detail: first.message, externalId: readings[first.index]!.device });
	}
	if (dead) await keep(dead);
	for (const still of stills) {
		const problem = await intake.stills.take(still, narrowing);
		if (problem) await keep({ reason: 'bad-still', detail: problem, externalId: still.device });
	}
}
