// The register as an import compares with it, and what a checked row becomes.

import type { MultiPolygon, Point } from 'geojson';
import type { LngLat } from '../geo.ts';
import type { Value } from './field.ts';
import type { Outline } from './outline.ts';

/** One object of the register. */
export interface RegisterRow {
	id: string;
	/** Fingerprint of the stored row; a commit refuses when it has changed since. */
	md5: string;
	/** In the words of the fields. */
	values: Record<string, Value>;
	/** False once closed: a finished site, a removed machine, a town that is no longer valid. */
	isOpen: boolean;
	/** True for a row of the demonstration district. */
	isDemo: boolean;
	at: LngLat | null;
	/** Machines: the installation begun last, standing or taken down. */
	installationId?: string | null;
}

/** What rows refer to, for finding the site of a machine or the town of a site. */
export interface Surroundings {
	sites: readonly { id: string; permitNo: string | null; name: string; at: LngLat }[];
	pits: readonly { id: string; siteId: string; name: string }[];
	towns: readonly { code: string; name: string; outline: Outline }[];
	grids: readonly { id: string; code: string; townCode: string; outline: Outline }[];
	/** Codes of towns by name, from the published list of the place. */
	gazetteer: readonly { code: string; name: string }[];
}

/** What is to be written for one object: the whole record, fields the file does not speak of as they were. */
export interface Change {
	/** Row of the file; null when the object is missing from a file that is the whole register. */
	row: number | null;
	change: 'added' | 'changed' | 'closed';
	id: string;
	md5: string | null;
	key: string;
	name: string;
	value: Record<string, Value | boolean>;
	changes: { field: string; from: Value; to: Value }[];
	/** For the map. */
	shape: Point | MultiPolygon | null;
}
