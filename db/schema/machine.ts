// Lifting machines and where they stand.

import type { Generated } from 'kysely';
import type { Geometry, GeneratedJson } from './columns.ts';

export interface MachineTable {
	id: string;
	kind: 'towerCrane' | 'hoist' | 'materialHoist' | 'mobileCrane' | 'gantryCrane';
	property_record_no: string | null;
	factory_no: string | null;
	manufacturer: string | null;
	model: string | null;
	rated_moment_knm: number | null;
	manufactured_on: string | null;
	assessed_until: string | null;
	tested_on: string | null;
	equipment_owner_id: string | null;
	attributes: GeneratedJson;
	source_id: string;
	source_row: number | null;
}

export interface InstallationTable {
	id: string;
	no: Generated<number>;
	machine_id: string;
	site_id: string;
	use_registration_no: string | null;
	site_no: string | null;
	location: Geometry;
	jib_radius_m: number | null;
	counter_jib_m: number | null;
	height_m: number | null;
	installed_on: string;
	removed_on: string | null;
	source_id: string;
	source_row: number | null;
}
