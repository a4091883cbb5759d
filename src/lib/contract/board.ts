// The register as the map draws it: what changes rarely. One answer for the whole area a principal may see
// (GET /api/v1/board); the live state comes beside it by number (see domain/picture).

import type { PresenceRules } from '../domain/known.ts';
import type { CellRules } from '../domain/risk/cells.ts';
import type { Feature, FeatureCollection, LineString, MultiPolygon, Point } from 'geojson';

export interface SiteProperties {
	no: number;
	id: string;
	name: string;
	/** Full pinyin and initials, for search. */
	pinyin: string;
	permitNo: string | null;
	townCode: string | null;
	gridCode: string | null;
	stage: string | null;
	state: 'active' | 'stopped' | 'suspended' | 'finished';
	floorAreaM2: number | null;
	riskGrade: 'high' | 'medium' | 'low' | null;
	sign: 'red' | 'yellow' | 'green' | null;
	contractor: string | null;
	owner: string | null;
	/** 监理单位. */
	siteEngineer: string | null;
	/** Pinyin of its firms, for search. */
	firmPinyin: string;
	openHazards: number;
	openMajorHazards: number;
	/** [longitude, latitude] of the symbol. */
	at: [number, number];
}

export interface MachineProperties {
	no: number;
	id: string;
	siteId: string;
	kind: 'towerCrane' | 'hoist' | 'materialHoist' | 'mobileCrane' | 'gantryCrane';
	/** As people on the site call it: `1#`. */
	siteNo: string | null;
	propertyRecordNo: string | null;
	deviceId: string | null;
	jibRadiusM: number | null;
	heightM: number | null;
	ageGrade: 'red' | 'yellow' | 'green' | 'unknown';
	expectedIntervalS: number | null;
}

export interface PitProperties {
	no: number;
	id: string;
	siteId: string;
	name: string;
	depthM: number | null;
	dugM: number | null;
	stage: 'planned' | 'retaining' | 'digging' | 'slab' | 'backfilled';
	/** Gravest grade of its sides. */
	grade: 'I' | 'II' | 'III' | null;
}

export interface WorkFacts {
	/** Of formwork its height, of a scaffold how high it has been lifted. */
	heightM: number | null;
	spanM: number | null;
	loadKnPerM2: number | null;
	/** Days: YYYY-MM-DD. */
	erectedOn: string;
	inspectedOn: string | null;
}

export interface PointProperties {
	no: number;
	id: string;
	siteId: string;
	kind: 'highFormwork' | 'climbingScaffold' | 'monitorPoint';
	/** Of high formwork and climbing scaffolds: what the register says; null is not recorded. */
	work?: WorkFacts;
	name: string;
	deviceId: string | null;
	expectedIntervalS: number | null;
	pitId: string | null;
}

export interface TownProperties {
	code: string;
	name: string;
	nameEn: string | null;
	siteCount: number;
	note: string | null;
}

export interface GridProperties {
	id: string;
	code: string;
	name: string;
	townCode: string;
	ownerName: string | null;
	backupName: string | null;
	siteCount: number;
}

/** A device of a site itself that has no place of its own in the register. */
export interface SiteDevice {
	id: string;
	kind: 'camera' | 'hotWork';
	siteId: string;
}

export interface Board {
	/** Changes whenever the register does; also the ETag. */
	version: string;
	/** True while any row shown is demonstration data. */
	isDemo: boolean;
	/** When silence makes an object late or offline, so that the browser can tell by itself. */
	presence: PresenceRules;
	/** How the risk map weighs sites and where its colours begin. */
	riskCells: CellRules;
	district: { code: string; name: string; nameEn: string; bounds: [number, number, number, number] };
	/** Sites with a red line are polygons, others points. */
	sites: FeatureCollection<MultiPolygon | Point, SiteProperties>;
	machines: FeatureCollection<Point, MachineProperties>;
	pits: FeatureCollection<MultiPolygon, PitProperties>;
	points: FeatureCollection<Point, PointProperties>;
	/** Cameras and monitors of welding machines. */
	siteDevices: SiteDevice[];
	towns: FeatureCollection<MultiPolygon, TownProperties>;
	grids: FeatureCollection<MultiPolygon, GridProperties>;
}

export type SiteFeature = Feature<MultiPolygon | Point, SiteProperties>;
export type MachineFeature = Feature<Point, MachineProperties>;
export type PitFeature = Feature<MultiPolygon, PitProperties>;
export type PitSideLine = Feature<LineString, { grade: 'I' | 'II' | 'III' | null; support: string | null }>;
