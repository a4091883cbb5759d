// A dead letter decoded again, as it would be if it came now.

import { dead, type Decoded } from './decode/decoded.ts';
import { decodeEnvelope } from './decode/envelope.ts';
import { decodeHj212 } from './decode/hj212.ts';
import { decodeJt808 } from './decode/jt808.ts';
import { readJt808 } from './decode/jt808-frame.ts';
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
		case 'jt808': {
			const frame = readJt808(raw);
			return typeof frame === 'string' ? dead(frame, '帧已损坏 · The frame is damaged.') : decodeJt808(frame, context);
		}
		default:
			return dead('unknown-message', `没有 ${protocol} 的解码器 · No decoder for ${protocol}.`);
	}
}
