// Who may see what, and who did what.

import type { Generated } from 'kysely';
import type { GeneratedJson, Int8, Json, MaybeMoment, Moment } from './columns.ts';

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
	via: Generated<string>;
	second_factor_at: MaybeMoment;
	proven_at: MaybeMoment;
}

export interface SignInLinkTable {
	token_sha256: Buffer;
	purpose: 'setup' | 'demo' | 'person' | 'wall';
	person_id: string | null;
	created_at: Moment;
	expires_at: Moment;
	used_at: MaybeMoment;
	wall_id: string | null;
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
	networks: string[] | null;
}

export interface PersonIdentityTable {
	issuer: string;
	subject: string;
	person_id: string;
	bound_at: Moment;
	bound_by: string;
}

export interface TotpTable {
	person_id: string;
	secret: Buffer;
	confirmed_at: MaybeMoment;
	last_step: Int8;
}

export interface PasskeyTable {
	credential_id: string;
	person_id: string;
	public_key: Buffer;
	counter: Int8;
	transports: string[];
	name: string;
	created_at: Moment;
	last_used_at: MaybeMoment;
}

export interface RecoveryCodeTable {
	person_id: string;
	code_sha256: Buffer;
	used_at: MaybeMoment;
}

export interface SignInAttemptTable {
	state_sha256: Buffer;
	browser_sha256: Buffer;
	kind: string;
	kept: Json;
	expires_at: Moment;
}

export interface WallTable {
	id: string;
	name: string;
	areas: string[];
	token_sha256: Buffer | null;
	networks: string[] | null;
	created_at: Moment;
	created_by: string;
	seen_at: MaybeMoment;
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
