// Prints hashes of what the product reports of one database, as a process of the time zone it was started in.

import { createHash } from 'node:crypto';
import { buildDemoDistrict } from '#db/demo/demo-district.ts';
import { towns, water } from '#db/demo/district.fixture.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { exportRegister } from '#lib/server/commands/export-register.ts';
import { readConfig } from '#lib/server/config.ts';
import { openDatabases } from '#lib/server/db/connection.ts';
import { replayAfter } from '#lib/server/events/log.ts';
import { EXPORT_KINDS } from '#lib/server/repositories/export-rows.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';

const databases = await openDatabases(readConfig(), { migrate: false });
const reports: Record<string, string> = {};
const hash = (name: string, value: string | Uint8Array): void => {
	reports[name] = createHash('sha256').update(value).digest('hex');
};
const operator = { operator: true, now: new Date('2026-03-08T16:30:00Z') } as const;
for (const kind of EXPORT_KINDS) {
	hash(`${kind}.csv`, await exportRegister(databases, operator, { kind, format: 'csv', datum: 'wgs84' }));
	hash(`${kind}.geojson`, await exportRegister(databases, operator, { kind, format: 'geojson', datum: 'gcj02' }));
}
const page = { limit: 500, after: 0 } as Parameters<typeof alarmsInScope>[2];
hash('alarms', JSON.stringify(await alarmsInScope(databases.read, SYSTEM, page)));
hash('events', JSON.stringify(await replayAfter(databases.read, 0, 1, SYSTEM)));
// The invented district of a day: calendars over years with a leap day; in the long form also the end of a year.
for (const today of process.env.NIGHTLY ? ['2026-11-20', '2028-02-29', '2026-12-31'] : ['2028-02-29'])
	hash(`district of ${today}`, JSON.stringify(buildDemoDistrict({ seed: 1, today, towns, water })));
await databases.close();
console.log(JSON.stringify({ zone: String(new Date(2026, 6, 1)), reports }));
process.exit(0);
