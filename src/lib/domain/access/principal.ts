// Who is asking: nobody known, a person, a program with a token, a device with a key, or a wall.

import type { LayerClass } from './scope.ts';

export const ROLES = [
	'dutyOfficer',
	'supervisor',
	'leader',
	'analyst',
	'systemAdmin',
	'securityAdmin',
	'auditor',
	'device',
	'wall',
] as const;
export type Role = (typeof ROLES)[number];

/** Roles a person can be given. `device` and `wall` belong to things. */
export type PersonRole = Exclude<Role, 'device' | 'wall'>;
export const PERSON_ROLES = ROLES.filter((role): role is PersonRole => role !== 'device' && role !== 'wall');

/** What a bearer token may do. */
export const TOKEN_SCOPES = ['ingest', 'read', 'plan', 'admin'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** A role in an area for classes of layers. `area`: 6 digits district, 9 town, 15 grid. */
export interface Grant {
	role: Role;
	area: string;
	layers: readonly LayerClass[];
}

/** Limits of a credential to certain things. Undefined: not narrowed that way; empty: reaches nothing. */
export interface Narrowing {
	siteIds?: readonly string[];
	deviceIds?: readonly string[];
	quantities?: readonly string[];
}

export type Anonymous = { kind: 'anonymous' };

export interface Person {
	kind: 'person';
	id: string;
	name: string;
	isDemo: boolean;
	grants: readonly Grant[];
	/** What is still to be done before anything is open to this person; undefined: fully signed in. */
	pending?: Pending;
}

/** `second-factor`: to be shown. `enrol`: an administrator who has none yet. `password`: too old, to be changed. */
export type Pending = 'second-factor' | 'enrol' | 'password';

/** A program. `areas` are the areas it was issued for, normally the one district of the deployment. */
export interface Token extends Narrowing {
	kind: 'token';
	id: string;
	name: string;
	scope: TokenScope;
	areas: readonly string[];
}

/** A sensor or gateway with a key of its own. Always bound to the devices it speaks for. */
export interface Device extends Narrowing {
	kind: 'device';
	id: string;
	name: string;
	deviceIds: readonly string[];
}

/** A screen on a wall: a thing, not a person. It shows an area, never personal data, and changes nothing. */
export interface Wall {
	kind: 'wall';
	id: string;
	name: string;
	areas: readonly string[];
}

export type Principal = Anonymous | Person | Token | Device | Wall;

/**
 * Whether a principal is told which colleague acknowledged, shelved or was called: people are, who answer for it to one
 * another; walls and programs are not.
 */
export function isToldNames(principal: Principal): boolean {
	return principal.kind === 'person';
}

export const ANONYMOUS: Anonymous = { kind: 'anonymous' };

/** As people are called in what others read: by name where there is one. */
export function calledBy(principal: Principal): string {
	return 'name' in principal ? principal.name : nameOf(principal);
}

/** How a principal is written in the audit trail and in `created_by` columns: `person:…`, `token:…`, `anonymous`. */
export function nameOf(principal: Principal): string {
	return principal.kind === 'anonymous' ? 'anonymous' : `${principal.kind}:${principal.id}`;
}
