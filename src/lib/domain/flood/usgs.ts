// Stages and rain as the United States Geological Survey's instantaneous values service gives them (WaterML in JSON),
// which others have copied: feet and inches become metres and millimetres, discharge is left alone.

export interface WaterReading {
	/** Code of the station in our register: the code of the service. */
	station: string;
	/** ISO 8601 with zone. */
	at: string;
	/** Metres of stage, or millimetres of the period. */
	value: number;
	/** Seconds the rain fell in; 0 for a stage. */
	periodS: number;
}

const STAGE = '00065';
const RAIN = '00045';
const FOOT_M = 0.3048;
const INCH_MM = 25.4;
/** Gauges of the service report quarter hours where two values do not say otherwise. */
const USUAL_S = 900;

/**
 * @param root - the parsed answer; series that are no stage or rain, and values that stand for “no data”, are left out
 * @throws RangeError when it is no such answer
 */
export function readUsgs(root: unknown): WaterReading[] {
	const series = field(field(root, 'value'), 'timeSeries');
	if (!Array.isArray(series)) throw new RangeError('value.timeSeries');
	return series.flatMap(readSeries);
}

function readSeries(series: unknown): WaterReading[] {
	const first = (list: unknown) => (Array.isArray(list) ? (list as unknown[])[0] : undefined);
	const station = field(first(field(field(series, 'sourceInfo'), 'siteCode')), 'value');
	const variable = field(series, 'variable');
	const code = field(first(field(variable, 'variableCode')), 'value');
	const missing = Number(field(variable, 'noDataValue'));
	const values = field(first(field(series, 'values')), 'value');
	if (typeof station !== 'string' || (code !== STAGE && code !== RAIN) || !Array.isArray(values)) return [];
	const read = values.flatMap((entry: unknown) => {
		const text = field(entry, 'value');
		const at = field(entry, 'dateTime');
		const value = Number(text);
		if (typeof at !== 'string' || Number.isNaN(Date.parse(at)) || text === '' || !Number.isFinite(value)) return [];
		return value === missing ? [] : [{ at, value }];
	});
	return read.map(({ at, value }, i) =>
		code === STAGE
			? { station, at, value: rounded(value * FOOT_M, 1000), periodS: 0 }
			: { station, at, value: rounded(value * INCH_MM, 10), periodS: periodS(read, i) },
	);
}

/** Seconds since the value before; for the first one, to the value behind. */
function periodS(read: readonly { at: string }[], i: number): number {
	const [from, to] = i > 0 ? [read[i - 1], read[i]] : [read[0], read[1]];
	const seconds = from && to ? (Date.parse(to.at) - Date.parse(from.at)) / 1000 : USUAL_S;
	return seconds > 0 ? Math.round(seconds) : USUAL_S;
}

const rounded = (value: number, parts: number) => Math.round(value * parts) / parts;

function field(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
		? (value as Record<string, unknown>)[key]
		: undefined;
}
