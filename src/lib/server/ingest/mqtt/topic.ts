// Topics of the ways in. Everything else is nobody's business here.
//
//   site/{permitNo}/{kind}/{deviceId}/telemetry|alarm|status    a device, or a gateway in its name
//   t/{publicId}/telemetry                                      a gateway: readings that name their devices

import type { Narrowing } from '#lib/domain/access/principal.ts';

/** What a topic of a device carries. */
export const WHATS = ['telemetry', 'alarm', 'status'] as const;

export interface Topic {
	kind?: string;
	device?: string;
	/** The key it is bound to. */
	keyId?: string;
	what: (typeof WHATS)[number];
}

/** As the bureau's broker is asked for them. */
export const FILTERS = ['site/+/+/+/+', 't/+/telemetry'];

export function readTopic(topic: string): Topic | undefined {
	const parts = topic.split('/');
	if (topic.length > 512 || parts.some((part) => part === '')) return undefined;
	const what = WHATS.find((name) => name === parts.at(-1));
	if (parts[0] === 't' && parts.length === 3 && what === 'telemetry') return { keyId: parts[1]!, what };
	if (parts[0] !== 'site' || parts.length !== 5) return undefined;
	return what && { kind: parts[2]!, device: parts[3]!, what };
}

/** Whether a key may publish there: on its own topic, and in the name of the devices it is bound to. */
export function mayPublish({ device, keyId }: Topic, publicId: string, narrowing: Narrowing | undefined): boolean {
	if (keyId !== undefined) return keyId === publicId;
	return device !== undefined && (!narrowing?.deviceIds || narrowing.deviceIds.includes(device));
}
