// Who may see what, and who did what.

import type { Generated } from 'kysely';
import type { GeneratedJson, Int8, MaybeMoment, Moment } from './columns.ts';

export interface PersonTable {
	id: string;
	login: string;
	name: string;
	is_demo: Generated<boolean>;
	password_hash: string | null;
	password_changed_at: MaybeMoment;
	disabled_at: MaybeMoment;
	principal_version: Generated<number>;
	created_at: Moment;
}

export interface RoleGrantTable {
	id: string;
	person_id: string;
	role: 'dutyOfficer' | 'supervisor' | 'leader' | 'analyst' | 'systemAdmin' | 'securityAdmin' | 'auditor';
	area: string;
	layer_classes: string[];
	granted_at: Moment;
	granted_by: string;
}

export interface SessionTable {
	id: string;
	token_sha256: Buffer;
	person_id: string;
	principal_version: number;
	created_at: Moment;
	seen_at: Moment;
	expires_at: Moment;
	revoked_at: MaybeMoment;
	address: string | null;
	agent: string | null;
}

export interface SignInLinkTable {
	token_sha256: Buffer;
	purpose: 'setup' | 'demo';
	person_id: string | null;
	created_at: Moment;
	expires_at: Moment;
	used_at: MaybeMoment;
}

export interface ApiTokenTable {
	id: string;
	name: string;
	token_sha256: Buffer;
	scope: 'ingest' | 'read' | 'plan' | 'admin';
	site_ids: string[] | null;
	device_ids: string[] | null;
	quantities: string[] | null;
	created_at: Moment;
	created_by: string;
	last_used_at: MaybeMoment;
	revoked_at: MaybeMoment;
}

export interface AuditTable {
	seq: Int8;
	at: Moment;
	actor: string;
	actor_kind: string;
	address: string | null;
	action: string;
	object: string;
	detail: GeneratedJson;
	outcome: 'done' | 'denied' | 'failed';
	prev_hash: Buffer;
	hash: Buffer;
}
