// Flood: stations and their readings, grids of rain, terrain models.

import type { Generated } from 'kysely';
import type { Geometry, Moment } from './columns.ts';

export interface FloodStationTable {
	id: string;
	code: string;
	kind: 'rain' | 'river' | 'waterlogging';
	name: string;
	location: Geometry;
	town_code: string | null;
	height_datum: '1985' | 'wusong' | 'local' | null;
	offset_to_1985_m: number | null;
	warning_m: number | null;
	guaranteed_m: number | null;
	expected_interval_s: number;
	source_id: string;
	source_row: number | null;
}

export interface FloodStationReadingTable {
	station_id: string;
	observed_at: Moment;
	period_s: Generated<number>;
	value: number;
	received_at: Moment;
}

export interface RainGridTable {
	id: string;
	product: string;
	is_forecast: boolean;
	issued_at: Moment;
	valid_at: Moment;
	period_s: number;
	west: number;
	south: number;
	east: number;
	north: number;
	width: number;
	height: number;
	mm: Buffer;
	source_name: string;
}

export interface TerrainTable {
	id: string;
	name: string;
	height_datum: '1985' | 'wusong' | 'local';
	/** EPSG code the file was in; the grid itself lies in degrees of WGS 84. */
	crs: number;
	west: number;
	south: number;
	east: number;
	north: number;
	width: number;
	height: number;
	cell_m: number;
	known_share: number;
	lowest_m: number;
	highest_m: number;
	/** 32-bit floats from the north-west, row by row, gzip; NaN where nothing is known. */
	ground: Buffer;
	/** Of the file. */
	sha256: string;
	taken_at: Moment;
	taken_by: string;
}
