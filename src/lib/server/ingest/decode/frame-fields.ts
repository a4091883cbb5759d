// What the fields of vendors' JSON frames are in our quantities, per kind of device. A field that is not listed is
// kept in `raw` with the whole frame and, where it is a number, under its own name beside the values.

export interface Field {
	to: string;
	/** From the vendor's unit to ours. */
	factor?: number;
}

const as = (to: string, factor?: number): Field => ({ to, ...(factor !== undefined && { factor }) });

const KG_TO_T = 0.001;

const towerCrane: Record<string, Field> = {
	liftingCapacity: as('loadT'),
	safeLiftingCapacity: as('ratedLoadT'),
	ratedMoment: as('ratedMoment'),
	momentPercent: as('momentPercent'),
	amplitude: as('radiusM'),
	round: as('slewDeg'),
	height: as('hookHeightM'),
	dipAngleX: as('tiltXDeg'),
	dipAngleY: as('tiltYDeg'),
	windSpeed: as('windMs'),
	overRide: as('ropeFalls'),
};

const hoist: Record<string, Field> = {
	currentLoad: as('loadT'),
	currentRatedLoad: as('ratedLoadT'),
	loadPercent: as('loadPercent'),
	personCount: as('persons'),
	floor: as('floor'),
	speed: as('speedMs'),
	windSpeed: as('windMs'),
	windScale: as('windScale'),
	height: as('heightM'),
	dipAngleX: as('tiltXDeg'),
	dipAngleY: as('tiltYDeg'),
};

const unloadingPlatform: Record<string, Field> = {
	loadWeight: as('loadT'),
	stdLoadWeight: as('ratedLoadT'),
	weight: as('loadT'),
	currentLoad: as('loadT'),
	ratedLoad: as('ratedLoadT'),
	loadPercent: as('loadPercent'),
	dipAngleX: as('tiltXDeg'),
	dipAngleY: as('tiltYDeg'),
	electricity: as('batteryPercent'),
};

const gondola: Record<string, Field> = {
	currentLoadWeight: as('loadT', KG_TO_T),
	stdLoadWeight: as('ratedLoadT', KG_TO_T),
	waver: as('tiltDeg'),
	swingAngle: as('swingDeg'),
	currentHeight: as('belowTopM'),
	weight: as('loadT', KG_TO_T),
	currentLoad: as('loadT', KG_TO_T),
	ratedLoad: as('ratedLoadT', KG_TO_T),
	loadPercent: as('loadPercent'),
	personCount: as('persons'),
	windSpeed: as('windMs'),
	dipAngleX: as('tiltXDeg'),
	dipAngleY: as('tiltYDeg'),
	height: as('heightM'),
};

const dust: Record<string, Field> = {
	pm25: as('pm25'),
	pm10: as('pm10'),
	tsp: as('tsp'),
	noise: as('noiseDb'),
	windSpeed: as('windMs'),
	windDirect: as('windDeg'),
	temp: as('temperatureC'),
	humid: as('humidityPercent'),
	atoms: as('pressureKpa'),
};

/** One frame per point; which of them a point measures the register knows. */
const pitPoint: Record<string, Field> = {
	settlement: as('cumulativeMm'),
	displacement: as('cumulativeMm'),
	cumulative: as('cumulativeMm'),
	axialForce: as('forceKn'),
	force: as('forceKn'),
	waterLevel: as('levelM'),
	temp: as('temperatureC'),
	frequency: as('frequencyHz'),
	electricity: as('batteryPercent'),
};

const hotWork: Record<string, Field> = {
	current: as('currentA'),
	voltage: as('voltageV'),
	longitude: as('longitude'),
	latitude: as('latitude'),
};

export const KINDS = {
	towerCrane,
	hoist,
	unloadingPlatform,
	gondola,
	dust,
	pitPoint,
	hotWork,
	aiCamera: {} as Record<string, Field>,
};
export type FrameKind = keyof typeof KINDS;

/** Kinds as topics and vendors also spell them. */
const ALSO: Record<string, FrameKind> = {
	crane: 'towerCrane',
	craneMonitor: 'towerCrane',
	tower: 'towerCrane',
	elevator: 'hoist',
	constructionElevator: 'hoist',
	hoistMonitor: 'hoist',
	lift: 'hoist',
	platform: 'unloadingPlatform',
	basket: 'gondola',
	hangingBasket: 'gondola',
	environment: 'dust',
	envMonitor: 'dust',
	dustStation: 'dust',
	pit: 'pitPoint',
	pitSensor: 'pitPoint',
	monitorPoint: 'pitPoint',
	welder: 'hotWork',
	camera: 'aiCamera',
	ai: 'aiCamera',
};

export function kindOf(name: unknown): FrameKind | undefined {
	if (typeof name !== 'string') return undefined;
	if (Object.hasOwn(KINDS, name)) return name as FrameKind;
	return Object.hasOwn(ALSO, name) ? ALSO[name] : undefined;
}
