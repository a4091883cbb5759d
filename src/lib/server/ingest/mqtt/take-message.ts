// One MQTT message into the system: read, stored, or kept with the reason why it could not be read.

import type { Narrowing } from '#lib/domain/access/principal.ts';
import { decodeEnvelope } from '../decode/envelope.ts';
import type { Mappings } from '../mappings.ts';
import { takeDecoded, type Intake } from '../take-decoded.ts';
import { readTopic } from './topic.ts';

export interface MqttIntake extends Intake {
	mappings: Mappings;
	now: () => number;
}

/** Resolves once everything of the message is stored. @throws Fault when it could not be; it must come again */
export async function takeMessage(
	intake: MqttIntake,
	topic: string,
	payload: Uint8Array,
	narrowing?: Narrowing,
	keyId?: string,
): Promise<void> {
	const read = readTopic(topic);
	const origin = { protocol: 'mqtt', source: topic, raw: payload };
	if (!read)
		return intake.deadLetters.keep({
			...origin,
			reason: 'bad-topic',
			detail:
				'主题应为 site/许可证号/类型/设备/telemetry · Expected the topic site/{permitNo}/{kind}/{deviceId}/telemetry.',
		});
	const decoded = decodeEnvelope(payload, {
		...(read.device !== undefined && { device: read.device }),
		...(read.kind !== undefined && { kind: read.kind }),
		receivedAt: new Date(intake.now()).toISOString(),
		mapping: intake.mappings.of('mqtt'),
	});
	const key = { ...(narrowing && { narrowing }), ...(keyId !== undefined && { keyId }) };
	await takeDecoded(intake, decoded, { ...origin, ...key });
}
