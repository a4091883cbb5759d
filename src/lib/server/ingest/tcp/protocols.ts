// The protocols that come over a TCP port of their own.

import { createHmac } from 'node:crypto';
import { ingestRules } from '#db/rules/ingest.ts';
import { decodeHj212 } from '../decode/hj212.ts';
import { cutHj212 } from '../decode/hj212-stream.ts';
import { answers } from '../decode/jt808-answer.ts';
import { decodeJt808, SignedIn } from '../decode/jt808.ts';
import { cutJt808, readJt808 } from '../decode/jt808-frame.ts';
import { Parts } from '../decode/jt808-parts.ts';
import type { Mappings } from '../mappings.ts';
import type { Protocol } from './serve-frames.ts';

export function hj212(mappings: Mappings, now: () => number): Protocol {
	return {
		name: 'hj212',
		cut: cutHj212,
		converse() {
			const partTimes = new Map<string, string>();
			return {
				hear: (frame) =>
					decodeHj212(frame, { receivedAt: new Date(now()).toISOString(), mapping: mappings.of('hj212'), partTimes }),
			};
		},
	};
}

/** Of the code in letters; terminals keep 20 at least. */
const CODE_LENGTH = 16;

/** @param secret - codes of terminals are made from it, so that none has to be kept */
export function jt808(mappings: Mappings, now: () => number, secret: string): Protocol {
	const codeOf = (phone: string) => createHmac('sha256', secret).update(phone).digest('hex').slice(0, CODE_LENGTH);
	return {
		name: 'jt808',
		cut: cutJt808,
		converse() {
			const { groups, groupWithin, frame } = ingestRules.tcp;
			const parts = new Parts({
				groups: groups.value,
				withinMs: groupWithin.value * 1000,
				bytes: 16 * frame.value,
			});
			const signedIn = new SignedIn(codeOf);
			return {
				hear(bytes) {
					const read = readJt808(bytes);
					if ('reason' in read) return { readings: [], dead: read };
					const { whole, missing, lost } = parts.add(read, bytes, now());
					if (!whole)
						return {
							...{ readings: [], lost },
							...(missing && { reply: answers.resend(read, missing.firstSerial, missing.numbers) }),
						};
					const { frame, raw, serials } = whole;
					const context = { receivedAt: new Date(now()).toISOString(), mapping: mappings.of('jt808'), codeOf };
					return { ...(signedIn.refusal(whole) ?? decodeJt808(frame, context, serials)), raw, lost };
				},
				end: () => parts.end(),
			};
		},
	};
}
