// A dead letter decoded again, as it would be if it came now.

import { dead, deadOf, type Decoded } from './decode/decoded.ts';
import { decodeEnvelope } from './decode/envelope.ts';
import { decodeHj212 } from './decode/hj212.ts';
import { decodeJt808, type Jt808Context } from './decode/jt808.ts';
import { cutJt808, MARK, readJt808 } from './decode/jt808-frame.ts';
import { Parts } from './decode/jt808-parts.ts';
import type { Mappings } from './mappings.ts';
import { readTopic } from './mqtt/topic.ts';

export interface Letter {
	protocol: string;
	source: string;
	raw: Uint8Array;
	/** When it came. */
	at: Date;
}

export function redecode({ protocol, source, raw, at }: Letter, mappings: Mappings): Decoded {
	const context = { receivedAt: at.toISOString(), mapping: mappings.of(protocol) };
	switch (protocol) {
		case 'http':
			return decodeEnvelope(raw, context);
		case 'mqtt': {
			const topic = readTopic(source);
			if (!topic) return dead('bad-topic', '主题不符 · The topic is none of ours.');
			const { device, kind } = topic;
			return decodeEnvelope(raw, { ...context, ...(device && { device }), ...(kind && { kind }) });
		}
		case 'hj212':
			return decodeHj212(raw, context);
		case 'jt808':
			return redecodeJt808(raw, context);
		default:
			return dead('unknown-message', `没有 ${protocol} 的解码器 · No decoder for ${protocol}.`);
	}
}

const TOGETHER = { groups: 1, withinMs: 0, bytes: Infinity };

/** One frame without its marks, or with them all frames of a message that came in parts. */
function redecodeJt808(raw: Uint8Array, context: Jt808Context): Decoded {
	const frames = raw[0] === MARK ? cutJt808(raw, Infinity).frames : [raw];
	const parts = new Parts(TOGETHER);
	for (const bytes of frames) {
		const frame = readJt808(bytes);
		if ('reason' in frame) return { readings: [], dead: frame };
		const { whole } = parts.add(frame, bytes, 0);
		if (whole) return decodeJt808(whole.frame, context);
	}
	const [lost] = parts.end();
	return { readings: [], dead: lost?.dead ?? deadOf('bad-frame', '没有完整的帧 · There is no whole frame.') };
}
