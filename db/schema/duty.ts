// Who is on duty, who was told, and how shifts are handed over.

import type { Generated } from 'kysely';
import type { Json, MaybeMoment, Moment } from './columns.ts';

export interface DutyShiftTable {
	id: string;
	role: 'gridSupervisor' | 'dutyOfficer' | 'leader';
	area: string;
	person_id: string;
	starts_at: Moment;
	ends_at: Moment;
	created_by: string;
	created_at: Moment;
}

export interface EscalationTable {
	id: string;
	subject_id: string;
	alarm_id: string | null;
	spoke_at: Moment;
	rung: number;
	role: string;
	person_id: string | null;
	person_name: string | null;
	told_at: Moment;
	stopped_at: MaybeMoment;
	stop_reason: string | null;
	is_test: Generated<boolean>;
}

export interface NoticeTable {
	id: string;
	/** One of the two: what the message belongs to. */
	escalation_id: string | null;
	flood_notice_id: string | null;
	channel: 'page' | 'push' | 'webhook';
	address: string;
	body: Json;
	state: 'queued' | 'sent' | 'received' | 'failed';
	attempts: Generated<number>;
	next_at: Moment;
	sent_at: MaybeMoment;
	received_at: MaybeMoment;
	error: string | null;
}

export interface PushSubscriptionTable {
	endpoint: string;
	person_id: string;
	p256dh: string;
	auth: string;
	device: string;
	created_at: Moment;
}

export interface ServerKeyTable {
	name: string;
	public_key: string;
	private_key: string;
	created_at: Moment;
}

export interface HandoverTable {
	id: string;
	area: string;
	from_at: Moment;
	to_at: Moment;
	sheet: Json;
	note: Generated<string>;
	from_person_id: string;
	from_person: string;
	from_signed_at: Moment;
	to_person_id: string | null;
	to_person: string | null;
	to_signed_at: MaybeMoment;
	to_note: Generated<string>;
	/** The one who came did not take the shift; why stands in `to_note`. */
	is_refused: Generated<boolean>;
}

/** Of the release before; nothing asks for it any more, and a later release takes it away. */
export interface JobLeaseTable {
	name: string;
	holder: string;
	until: Moment;
}
