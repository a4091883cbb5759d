// The fields of each kind of register.

import { GRID_FIELDS, TOWN_FIELDS } from './area-fields.ts';
import type { Field, ImportKind } from './field.ts';
import { MACHINE_FIELDS } from './machine-fields.ts';
import { PIT_FIELDS, POINT_FIELDS } from './pit-fields.ts';
import { SITE_FIELDS } from './site-fields.ts';

const FIELDS: Record<ImportKind, readonly Field[]> = {
	sites: SITE_FIELDS,
	machines: MACHINE_FIELDS,
	pits: PIT_FIELDS,
	points: POINT_FIELDS,
	towns: TOWN_FIELDS,
	grids: GRID_FIELDS,
};

export function fieldsOf(kind: ImportKind): readonly Field[] {
	return FIELDS[kind];
}
