// Pictures that come with events of cameras: type and size are checked by their bytes, and they are kept with their hash.

import { createHash, randomUUID } from 'node:crypto';
import { ingestRules } from '#db/rules/ingest.ts';
import type { Narrowing } from '#lib/domain/access/principal.ts';
import { imageType } from '#lib/domain/device/image-type.ts';
import type { Db } from '../db/connection.ts';
import { addStill } from '../repositories/still.ts';
import { deviceOf, Refusal, type Devices } from './check-reading.ts';
import type { DecodedStill } from './decode/decoded.ts';

export interface Stills {
	/** Stores it. @returns what is wrong with it, in a sentence for the dead letters */
	take(still: DecodedStill, narrowing?: Narrowing): Promise<string | undefined>;
}

export function createStills(db: Db, devices: Devices, now: () => number): Stills {
	return {
		async take({ device: id, at, event, bytes }, narrowing) {
			const device = deviceOf(id, devices, narrowing);
			if (device instanceof Refusal) return device.message;
			const { bytes: limit } = ingestRules.still;
			if (bytes.length > limit.value)
				return `图片超过 ${limit.value} 字节 · The still has ${bytes.length} bytes; at most ${limit.value} are kept.`;
			const contentType = imageType(bytes);
			if (!contentType) return '图片不是 JPEG、PNG 或 WebP · The still is neither JPEG, PNG nor WebP.';
			await addStill(db, {
				id: randomUUID(),
				deviceId: id,
				observedAt: new Date(at),
				receivedAt: new Date(now()),
				event,
				contentType,
				sha256: createHash('sha256').update(bytes).digest(),
				bytes: Buffer.from(bytes),
			});
			return undefined;
		},
	};
}
