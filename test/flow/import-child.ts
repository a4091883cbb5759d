// Brings a file in as a process of its own that a test can kill, and tells how far it is.

import { readFileSync } from 'node:fs';
import { commitImport } from '#lib/server/commands/commit-import.ts';
import { draftImport } from '#lib/server/commands/draft-import.ts';
import { readConfig } from '#lib/server/config.ts';
import { openDatabases } from '#lib/server/db/connection.ts';

const [file = ''] = process.argv.slice(2);
const tell = (stage: string): void => void process.send!(stage);

const databases = await openDatabases(readConfig());
const operator = { operator: true, now: new Date() } as const;
tell('open');
const draft = await draftImport(databases.ingest, operator, {
	kind: 'sites',
	fileName: file,
	bytes: new Uint8Array(readFileSync(file)),
	district: '330109',
	datum: 'wgs84',
});
tell('drafted');
await commitImport(databases.ingest, operator, draft.id, { progress: (done) => tell(`written ${done}`) });
tell('committed');
await databases.close();
process.disconnect();
