// What stands beside the readings: dead letters, mappings of vendors, learned habits, stills, the ledger of thinning.

import type { GeneratedAlways, Generated } from 'kysely';
import type { GeneratedJson, Int8, MaybeMoment, Moment } from './columns.ts';

export interface DeadLetterTable {
	id: GeneratedAlways<string>;
	protocol: string;
	source: string;
	external_id: string | null;
	reason: string;
	detail: string;
	raw: Buffer;
	size: number;
	fingerprint: Buffer;
	count: Generated<number>;
	first_at: Moment;
	last_at: Moment;
	state: Generated<'open' | 'replayed' | 'discarded'>;
	settled_at: MaybeMoment;
	settled_by: string | null;
}

export interface DeviceMappingTable {
	protocol: string;
	external_id: string;
	device_id: string | null;
	settings: GeneratedJson;
	reason: string;
	changed_at: Moment;
	changed_by: string;
}

export interface DeviceHabitTable {
	device_id: string;
	interval_s: number | null;
	skew_s: number | null;
	learned_at: Moment;
	flats: GeneratedJson;
}

export interface DeviceBaselineTable {
	device_id: string;
	installation_id: string;
	tilt_deg: number | null;
	samples: number;
	mast_m: number | null;
	taught_at: Moment;
}

export interface StillTable {
	id: string;
	device_id: string;
	observed_at: Moment;
	received_at: Moment;
	event: string;
	content_type: 'image/jpeg' | 'image/png' | 'image/webp';
	sha256: Buffer;
	bytes: Buffer;
}

export interface StorageDayTable {
	day: string;
	readings: Int8;
	rolled_up_at: MaybeMoment;
	raw_dropped_at: MaybeMoment;
	minutes_dropped_at: MaybeMoment;
}
