// Names of HJ 212: codes of pollutants and weather, commands, and which parts of a value are numbers.

/** Codes in our quantities, the standard's and what old devices sent before it. Written in either case. */
const QUANTITY: Readonly<Record<string, string>> = {
	a34004: 'pm25',
	a34002: 'pm10',
	a34001: 'tsp',
	a01001: 'temperatureC',
	a01002: 'humidityPercent',
	a01006: 'pressureKpa',
	a01007: 'windMs',
	a01008: 'windDeg',
	a50001: 'noiseDb',
	LA: 'noiseDb',
	Leq: 'noiseDb',
	LAeq: 'noiseDb',
	PM25: 'pm25',
	'PM2.5': 'pm25',
	PM10: 'pm10',
	TSP: 'tsp',
	NOIS: 'noiseDb',
	NOISE: 'noiseDb',
	B03: 'noiseDb',
	TEMP: 'temperatureC',
	TEM: 'temperatureC',
	HUMI: 'humidityPercent',
	HUM: 'humidityPercent',
	RH: 'humidityPercent',
	WS: 'windMs',
	WD: 'windDeg',
	PA: 'pressureKpa',
};
const BY_CODE = new Map(Object.entries(QUANTITY).map(([code, quantity]) => [code.toLowerCase(), quantity]));

/** Undefined for a code nobody knows. */
export const knownQuantity = (code: string) => BY_CODE.get(code.toLowerCase());

/** A code nobody knows keeps its name; a name of ours begins with no digit, codes of 2005 do. */
export const nameOfCode = (code: string) => (/^\d/.test(code) ? `x${code}` : code);

/** Uploads of readings: the moment, the minute, the hour, the day. */
export const SPANS: ReadonlyMap<string, string> = new Map([
	['2011', 'rtd'],
	['2051', 'minute'],
	['2061', 'hour'],
	['2031', 'day'],
]);
/** What else a station tells: states and running times of its equipment, its start, samples, serial numbers, logs. */
const NOTES = ['2021', '2041', '2071', '2081', '3015', '3017', '3018', '3019', '3020', '1011', '1061', '1063'];
/** Commands whose content is kept, in the order of their numbers: what is stored stays the same when this grows. */
export const UPLOADS: readonly string[] = [...SPANS.keys(), ...NOTES];

/** Answers and notices that carry nothing to keep: login, answers, heartbeats, time. */
export const isControl = (command: string) => /^(9\d{3}|10\d{2}|30\d{2}|2022)$/.test(command);

/** Parts of a value that are measured in the unit of the quantity, as they are or converted (Zs). */
const MEASURES = new Map(
	['Rtd', 'Min', 'Avg', 'Max', 'Data', 'DayData', 'NightData', 'Ala'].flatMap((part) =>
		[part, `Zs${part}`].map((name) => [name.toLowerCase(), name] as const),
	),
);
/** Numbers in a unit of their own: what was emitted in all, states, running times. */
const COUNTS = new Map(['Cou', 'ZsCou', 'RS', 'RT'].map((part) => [part.toLowerCase(), part]));

export interface Part {
	name: string;
	/** Words are serial numbers, times of samples and flags: kept as they were written. */
	is: 'measure' | 'count' | 'flag' | 'word';
}

/** @param part - what stands behind the hyphen; devices in the field also write `-RTD` and `-td` */
export function partOf(part: string): Part {
	const lower = part.toLowerCase();
	if (lower === 'flag') return { name: 'Flag', is: 'flag' };
	const measure = MEASURES.get(lower === 'td' ? 'rtd' : lower);
	if (measure) return { name: measure, is: 'measure' };
	const count = COUNTS.get(lower);
	return count ? { name: count, is: 'count' } : { name: part, is: 'word' };
}

/** Flags that say that a value may be used. Stations for air of 2005 number theirs: 1 weather, 3 normal. */
export function isNormal(flag: string, isOf2005: boolean): boolean {
	return /^n$/i.test(flag) || (isOf2005 && /^[13]$/.test(flag));
}
