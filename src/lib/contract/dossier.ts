// Everything about one site, machine or pit, as the detail panel shows it: GET /api/v1/sites/[id], /machines/[id],
// /pits/[id]. Days are `YYYY-MM-DD`, moments ISO 8601 UTC. Live state is not in here, it comes over the socket.

import type { MachineProperties, PitProperties, SiteProperties } from './board.ts';
import type { DeviceKind } from './register.ts';

/** Where a row came from. */
export interface SourceNote {
	kind: 'demo' | 'import' | 'hand' | 'upstream';
	name: string;
	recordedAt: string;
}

export interface SiteDossier {
	no: number;
	id: string;
	name: string;
	permitNo: string | null;
	projectCode: string | null;
	address: string | null;
	town: { code: string; name: string } | null;
	/** Names of people masked for those who may not see personal data. */
	grid: { code: string; name: string; owner: string | null; backup: string | null } | null;
	/** Whom to call there, `name phone`; masked like other people. */
	contact: string | null;
	/** Null for a site without a red line. */
	redLineAreaM2: number | null;
	stage: string | null;
	state: SiteProperties['state'];
	riskGrade: SiteProperties['riskGrade'];
	floorAreaM2: number | null;
	startedOn: string | null;
	plannedFinishOn: string | null;
	finishedOn: string | null;
	parties: { role: 'owner' | 'contractor' | 'siteEngineer'; name: string; creditCode: string | null }[];
	/** Newest first. */
	signs: { colour: 'red' | 'yellow' | 'green'; hungOn: string; removedOn: string | null; reason: string }[];
	/** Newest first. */
	stopWorkOrders: { orderedOn: string; liftedOn: string | null; reason: string }[];
	/** Open ones: major first, then by deadline. `total` counts closed ones too. */
	hazards: {
		total: number;
		open: {
			id: string;
			category: string;
			description: string;
			isMajor: boolean;
			foundAt: string;
			dueOn: string | null;
			rectifiedAt: string | null;
		}[];
	};
	/** The last ten, newest first. Supervisors masked like other people. */
	visits: {
		visitedAt: string;
		minutes: number | null;
		occasion: string;
		result: 'passed' | 'rectify' | 'stopWork';
		supervisors: string[];
	}[];
	/** Devices of the site itself: stations, cameras, gondolas, unloading platforms, welding machines, trackers. */
	devices: { id: string; kind: DeviceKind; vendor: string | null; since: string }[];
	/** Whether names are masked here. */
	isMasked: boolean;
	source: SourceNote;
}

export interface AlarmNote {
	id: string;
	condition: string;
	level: 'notice' | 'warning' | 'danger';
	peak: number | null;
	limit: number;
	unit: string;
	count: number;
	raisedAt: string;
	clearedAt: string | null;
	acknowledgedAt: string | null;
}

/** One point of a small curve: the largest value within its half minute; null where nothing was reported. */
export interface CurvePoint {
	at: string;
	value: number | null;
}

export interface MachineDossier {
	no: number;
	/** Of the installation: the machine at this site. */
	id: string;
	siteId: string;
	kind: MachineProperties['kind'];
	siteNo: string | null;
	propertyRecordNo: string | null;
	useRegistrationNo: string | null;
	factoryNo: string | null;
	manufacturer: string | null;
	model: string | null;
	ratedMomentKnm: number | null;
	manufacturedOn: string | null;
	testedOn: string | null;
	assessedUntil: string | null;
	equipmentOwner: string | null;
	installedOn: string;
	removedOn: string | null;
	jibRadiusM: number | null;
	counterJibM: number | null;
	heightM: number | null;
	/** `years` since it left the factory; `limit` with where it comes from, null when none applies. */
	age: {
		grade: MachineProperties['ageGrade'];
		years: number | null;
		limit: { years: number; source: string } | null;
	};
	device: { id: string; vendor: string | null; expectedIntervalS: number } | null;
	/** The newest reading as it was accepted; null when there never was one. */
	latest: { observedAt: string; values: Record<string, number | boolean | string> } | null;
	/** Quantity → its last hour, oldest first; only quantities that were reported. */
	lastHour: Record<string, CurvePoint[]>;
	/** The last ten, newest first. */
	alarms: AlarmNote[];
	source: SourceNote;
}

export interface PitDossier {
	no: number;
	id: string;
	siteId: string;
	name: string;
	depthM: number | null;
	dugM: number | null;
	stage: PitProperties['stage'];
	startedOn: string | null;
	baseSlabOn: string | null;
	finishedOn: string | null;
	areaM2: number;
	sides: { name: string; grade: 'I' | 'II' | 'III' | null; support: string | null; lengthM: number }[];
	points: {
		no: number;
		code: string;
		quantity: string;
		sideName: string | null;
		designCumulativeMm: number | null;
		designRateMmPerDay: number | null;
		designNote: string | null;
		deviceId: string | null;
		latest: { observedAt: string; values: Record<string, number | boolean | string> } | null;
	}[];
	source: SourceNote;
}
