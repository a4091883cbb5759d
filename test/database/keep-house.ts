// The housekeeping of one process, at a moment.

import type { Databases } from '#lib/server/db/connection.ts';
import { createPartitions } from '#lib/server/ingest/partitions.ts';
import { keepHouse } from '#lib/server/operations/start-operations.ts';

/** @param isJudge - whether it is the process that judges; the others take nothing away */
export function keepHouseAt(databases: Databases, now: Date, isJudge = true): Promise<void> {
	return keepHouse({
		databases,
		partitions: createPartitions(databases.ingest),
		live: { isJudge: () => isJudge },
		isClosing: () => false,
		now: () => now.getTime(),
	});
}
