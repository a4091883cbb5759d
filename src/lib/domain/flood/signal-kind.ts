// Kinds and colours of warning signals, and the words public services use for them.

/** Colours from the lightest to the gravest. Not the risk colours: those have no order with these. */
export const SIGNAL_COLOURS = ['blue', 'yellow', 'orange', 'red'] as const;
export type SignalColour = (typeof SIGNAL_COLOURS)[number];

export const SIGNAL_KINDS = [
	'rainstorm',
	'typhoon',
	'thunderGale',
	'lightning',
	'gale',
	'hail',
	'flood',
	'waterlogging',
	'geology',
	'heat',
	'coldWave',
	'snow',
	'other',
] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** Searched in this order: “雷雨大风” is neither lightning nor a plain gale. */
const WORDS: readonly (readonly [SignalKind, RegExp])[] = [
	['thunderGale', /雷雨大风|雷暴大风|强对流|severe thunderstorm/i],
	['typhoon', /台风|热带风暴|typhoon|hurricane|tropical (storm|cyclone)/i],
	['waterlogging', /内涝|积涝|积水|waterlog/i],
	['geology', /地质灾害|山洪|泥石流|滑坡|landslide|debris flow/i],
	['rainstorm', /暴雨|短时强降(雨|水)|rain ?storm|heavy rain|torrential/i],
	['flood', /洪水|江河洪|flood/i],
	['lightning', /雷电|lightning|thunderstorm/i],
	['hail', /冰雹|\bhail/i],
	['gale', /大风|gale|high wind|\bwind\b/i],
	['heat', /高温|heat/i],
	['coldWave', /寒潮|低温|cold wave|freeze/i],
	['snow', /暴雪|大雪|道路结冰|snow|blizzard|ice storm/i],
];

/** The kind an event's own words mean; `other` for what this product has no rules for. */
export function signalKindOf(words: string): SignalKind {
	return WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'other';
}

const COLOUR_WORDS: readonly (readonly [SignalColour, RegExp])[] = [
	['red', /红色|\bred\b/i],
	['orange', /橙色|\borange\b/i],
	['yellow', /黄色|\byellow\b/i],
	['blue', /蓝色|\bblue\b/i],
];

/** The colour named in words; undefined when none or several are named (“由黄色升级为橙色” names two). */
export function signalColourOf(words: string): SignalColour | undefined {
	const named = COLOUR_WORDS.filter(([, pattern]) => pattern.test(words));
	return named.length === 1 ? named[0]![0] : undefined;
}

/** Whether `colour` is at least as grave as `limit`. */
export function reachesColour(colour: SignalColour, limit: SignalColour): boolean {
	return SIGNAL_COLOURS.indexOf(colour) >= SIGNAL_COLOURS.indexOf(limit);
}

/** Response levels from the lightest to the gravest. Another body declares them; they end by themselves. */
export const RESPONSE_LEVELS = ['IV', 'III', 'II', 'I'] as const;
export type ResponseLevel = (typeof RESPONSE_LEVELS)[number];

export function reachesResponse(level: ResponseLevel, limit: ResponseLevel): boolean {
	return RESPONSE_LEVELS.indexOf(level) >= RESPONSE_LEVELS.indexOf(limit);
}

/** The gravest level of several; undefined when there is none. */
export function gravestResponse(levels: Iterable<ResponseLevel>): ResponseLevel | undefined {
	let found: ResponseLevel | undefined;
	for (const level of levels) if (!found || reachesResponse(level, found)) found = level;
	return found;
}
