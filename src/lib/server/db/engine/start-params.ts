// How PGlite starts PostgreSQL.

import { PGlite } from '@electric-sql/pglite';

/** As PGlite does it, but with fsync on and by the one call `DurableNodeFS` knows. */
export function durableStart(): string[] {
	return [...PGlite.defaultStartParams.filter((param) => param !== '-F'), '-c', 'wal_sync_method=fsync'];
}
