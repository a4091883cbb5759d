// Devices, what they are bound to, and what they report.

import type { Generated } from 'kysely';
import type { Int8, Json, MaybeJson, MaybeMoment, Moment } from './columns.ts';

export interface DeviceTable {
	id: string;
	no: Generated<number>;
	kind:
		| 'craneMonitor'
		| 'hoistMonitor'
		| 'pitSensor'
		| 'dustStation'
		| 'camera'
		| 'tracker'
		| 'unloadingPlatform'
		| 'gondola'
		| 'hotWork';
	vendor: string | null;
	expected_interval_s: number;
	/** The gateway it speaks through, as it is labelled. */
	gateway: string | null;
	source_id: string;
	source_row: number | null;
}

export interface DeviceBindingTable {
	id: string;
	device_id: string;
	installation_id: string | null;
	monitor_point_id: string | null;
	site_id: string | null;
	bound_from: Moment;
	bound_to: MaybeMoment;
	source_id: string;
	source_row: number | null;
}

export interface ReadingTable {
	device_no: number;
	observed_at: Moment;
	seq: Int8;
	received_at: Moment;
	values: Json;
	raw: MaybeJson;
	gateway_at: MaybeMoment;
	quality: MaybeJson;
}

/** What readings were in a minute or an hour, kept when they themselves are thinned out. */
export interface ReadingSpanTable {
	device_no: number;
	begins_at: Moment;
	quantity: string;
	n: number;
	least: number;
	greatest: number;
	mean: number;
	bad: number;
}
