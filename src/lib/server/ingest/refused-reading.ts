// A reading that was refused, as bytes for the dead letters.

import { ScannedReading } from './scan-readings.ts';
import type { Refusal } from './check-reading.ts';
import type { Origin } from './accept.ts';
import type { DeadFrame } from './dead-letters.ts';

export function refusedReading(
	item: unknown,
	{ code, message }: Refusal,
	{ protocol, source, keyId }: Origin,
): DeadFrame {
	const externalId = item instanceof ScannedReading ? item.deviceId : (item as { device?: unknown } | null)?.device;
	return {
		...{ protocol, source, reason: code, detail: message, raw: Buffer.from(textOf(item)) },
		...(typeof externalId === 'string' && { externalId }),
		...(keyId !== undefined && { keyId }),
	};
}

function textOf(item: unknown): string {
	if (!(item instanceof ScannedReading)) return jsonOf(item);
	const { deviceId, atUs, seq, text } = item;
	const at = Number.isNaN(atUs) ? '' : new Date(atUs / 1000).toISOString();
	return `{"device":${JSON.stringify(deviceId)},"at":"${at}","seq":${seq},"values":${text}}`;
}

/** Nested thousands of levels deep it can be read but not written again; the record says so instead. */
function jsonOf(item: unknown): string {
	try {
		return JSON.stringify(item) ?? '';
	} catch (error) {
		if (error instanceof RangeError) return '"nested too deeply to be kept"';
		throw error;
	}
}
