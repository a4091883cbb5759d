// The migrations in their order. A file that has been shipped is never edited; a change is a new file at the end.

import type { Migration } from 'kysely';
import * as area from './0001_area.ts';
import * as register from './0002_register.ts';
import * as supervision from './0003_supervision.ts';
import * as reading from './0004_reading.ts';
import * as event from './0005_event.ts';
import * as access from './0006_access.ts';
import * as imports from './0007_import.ts';

export const migrations: Record<string, Migration> = {
	'0001_area': area,
	'0002_register': register,
	'0003_supervision': supervision,
	'0004_reading': reading,
	'0005_event': event,
	'0006_access': access,
	'0007_import': imports,
};
