// Who is asking. A person, a program with a token, a device with a key, or a wall.

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

/** What a bearer token may do. */
export type TokenScope = 'ingest' | 'read' | 'plan' | 'admin';

/** A role in an area for classes of layers. `area`: 6 digits district, 9 town, 15 grid. */
export interface Grant {
	role: Role;
	area: string;
	layers: readonly LayerClass[];
}

export type Principal =
	| { kind: 'anonymous' }
	| { kind: 'person'; id: string; name: string; isDemo: boolean; grants: readonly Grant[] }
	| {
			kind: 'token';
			id: string;
			name: string;
			scope: TokenScope;
			/** Undefined: not narrowed to sites, devices or quantities. */
			siteIds?: readonly string[];
			deviceIds?: readonly string[];
			quantities?: readonly string[];
	  };
