// The fields of each kind of register.

import { GRID_FIELDS, TOWN_FIELDS } from './area-fields.ts';
import type { Field, ImportKind } from './field.ts';
import { MACHINE_FIELDS } from './machine-fields.ts';
import { PIT_FIELDS, POINT_FIELDS } from './pit-fields.ts';
import { SITE_FIELDS } from './site-fields.ts';
import { FORMWORK_FIELDS, SCAFFOLD_FIELDS } from './works-fields.ts';

const FIELDS: Record<ImportKind, readonly Field[]> = {
	sites: SITE_FIELDS,
	machines: MACHINE_FIELDS,
	pits: PIT_FIELDS,
	points: POINT_FIELDS,
	formworks: FORMWORK_FIELDS,
	scaffolds: SCAFFOLD_FIELDS,
	towns: TOWN_FIELDS,
	grids: GRID_FIELDS,
};

/** Whether a row of the kind has to name a site of the register. */
export function isOnSite(kind: ImportKind): boolean {
	return FIELDS[kind].some(({ key }) => key === 'siteName');
}

export function fieldsOf(kind: ImportKind): readonly Field[] {
	return FIELDS[kind];
}
