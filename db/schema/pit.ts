// Deep pits, their sides and monitoring points.

import type { Generated } from 'kysely';
import type { GeneratedJson, Geometry, MaybeMoment, Moment } from './columns.ts';

export interface PitTable {
	id: string;
	no: Generated<number>;
	site_id: string;
	name: string;
	boundary: Geometry;
	depth_m: number | null;
	dug_m: number | null;
	stage: 'planned' | 'retaining' | 'digging' | 'slab' | 'backfilled';
	base_slab_on: string | null;
	started_on: string | null;
	finished_on: string | null;
	source_id: string;
	source_row: number | null;
}

export interface PitSideTable {
	id: string;
	pit_id: string;
	name: string;
	line: Geometry;
	grade: 'I' | 'II' | 'III' | null;
	support:
		| 'soilNailWall'
		| 'compositeSoilNailWall'
		| 'anchoredShotcrete'
		| 'cementSoilWall'
		| 'steelCementSoilWall'
		| 'boredPile'
		| 'diaphragmWall'
		| 'sheetPile'
		| 'slope'
		| null;
	source_id: string;
	source_row: number | null;
}

export interface MonitorPointTable {
	id: string;
	no: Generated<number>;
	pit_id: string;
	side_id: string | null;
	code: string;
	quantity:
		| 'wallTopHorizontal'
		| 'wallTopVertical'
		| 'deepHorizontal'
		| 'columnVertical'
		| 'groundSettlement'
		| 'bottomHeave'
		| 'axialForce'
		| 'anchorForce'
		| 'waterLevel'
		| 'buildingSettlement'
		| 'pipeSettlement'
		| 'crack';
	location: Geometry;
	design_cumulative_mm: number | null;
	design_rate_mm_per_day: number | null;
	design_note: string | null;
	/** `StoredZeroing[]`, oldest first. */
	zeroings: GeneratedJson;
	source_id: string;
	source_row: number | null;
}

/** The danger button of a pit: a device in whose name people report. */
export interface PitButtonTable {
	pit_id: string;
	device_id: string;
}

/** A sign of danger of GB 50497-2019 8.0.9, by its number. */
export interface PitDangerTable {
	id: string;
	pit_id: string;
	sign: number;
	note: string;
	photo: Buffer | null;
	photo_type: 'image/jpeg' | 'image/png' | 'image/webp' | null;
	reported_at: Moment;
	reported_by: string;
	reported_by_name: string;
	ended_at: MaybeMoment;
	ended_by_name: string | null;
	end_note: string | null;
}

export interface PitWalkTable {
	id: string;
	pit_id: string;
	walked_on: string;
	recorded_at: Moment;
	recorded_by_name: string;
	is_sound: boolean;
	note: string;
}
