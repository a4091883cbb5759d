// The response ladder: which trigger asks which measure of which kind of work. A line is a bureau's own and may be
// edited; a site gets only the lines that apply to what really stands there today.

import type { Confidence } from '../rule.ts';
import {
	reachesColour,
	reachesResponse,
	RESPONSE_LEVELS,
	SIGNAL_COLOURS,
	type ResponseLevel,
	type SignalColour,
	type SignalKind,
} from './signal-kind.ts';

/** Kinds of work and of things a measure may be about. */
export const WORKS = [
	'all',
	'outdoor',
	'height',
	'lifting',
	'hoist',
	'climbing',
	'gondola',
	'scaffold',
	'formwork',
	'pit',
	'belowGround',
	'spoil',
	'sheds',
	'power',
] as const;
export type Work = (typeof WORKS)[number];

export const MEASURES = [
	'prepare',
	'dutyWatch',
	'stopWork',
	'stopLifting',
	'releaseSlew',
	'lowerGondola',
	'hoistToGround',
	'stopHeight',
	'stopClimbing',
	'clearBelowGround',
	'pump',
	'coverSlope',
	'cutPower',
	'moveFromSheds',
	'evacuate',
	'checkEvery',
	'shortenHours',
	'recheck',
] as const;
export type Measure = (typeof MEASURES)[number];

/** Triggers that are no signal kinds: a declared response, the forecast term 中到大雨, and measured wind. */
export const TRIGGERS = [
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
	'moderateHeavyRain',
	'response',
] as const satisfies readonly (SignalKind | 'moderateHeavyRain' | 'response')[];
export type Trigger = (typeof TRIGGERS)[number];

export interface LadderLine {
	id: string;
	trigger: Trigger;
	/** From this colour or response level up; `any` where there are no levels. */
	fromLevel: SignalColour | ResponseLevel | 'any';
	work: Work;
	measure: Measure;
	/** The measure is repeated every so many hours. */
	everyHours: number | null;
	/** Minutes a site has to answer; null: as the bureau's default. */
	answerMinutes: number | null;
	note: string;
	basis: string;
	source: string;
	confidence: Confidence;
	/** As shipped: a found rule of some city, to be looked through by the bureau. */
	isTemplate: boolean;
	isOn: boolean;
}

/** Levels a trigger may be given. */
export function levelsOf(trigger: Trigger): readonly LadderLine['fromLevel'][] {
	if (trigger === 'response') return RESPONSE_LEVELS;
	return trigger === 'moderateHeavyRain' ? ['any'] : SIGNAL_COLOURS;
}

/** What holds for a site now. */
export interface Situation {
	signals: readonly { kind: SignalKind; colour: SignalColour | null }[];
	/** Gravest response level whose area holds the site; null: none. */
	response: ResponseLevel | null;
	/** Forecast or measured 中到大雨. */
	isModerateHeavyRain: boolean;
}

/** What stands on a site today; null: nobody has found out. */
export interface SiteToday {
	state: 'active' | 'stopped' | 'suspended' | 'finished';
	stage: string | null;
	towerCranes: number;
	hoists: number;
	otherLifting: number;
	climbingScaffolds: number;
	gondolas: number | null;
	formworks: number;
	/** Pits dug and not backfilled. */
	openPits: number;
	hasUnderground: boolean | null;
	spoilHeightM: number | null;
	tempStructures: number | null;
}

export type Applies = 'yes' | 'no' | 'ifPresent';

/** Whether the kind of work goes on at a site. `ifPresent`: nobody knows; the site is told “if there is any”. */
export function workOn(work: Work, site: SiteToday): Applies {
	if (site.state === 'finished') return 'no';
	const some = (count: number | null): Applies => (count === null ? 'ifPresent' : count > 0 ? 'yes' : 'no');
	switch (work) {
		case 'all':
		case 'power':
			return 'yes';
		case 'outdoor':
			return site.state === 'active' ? 'yes' : 'no';
		case 'height':
			if (site.state !== 'active') return 'no';
			return ['structure', 'masonry', 'finishing'].includes(site.stage ?? '') ? 'yes' : site.stage ? 'no' : 'ifPresent';
		case 'lifting':
			return some(site.towerCranes + site.otherLifting);
		case 'hoist':
			return some(site.hoists);
		case 'climbing':
			return some(site.towerCranes);
		case 'gondola':
			return some(site.gondolas);
		case 'scaffold':
			return site.climbingScaffolds > 0 || ['structure', 'masonry', 'finishing'].includes(site.stage ?? '')
				? 'yes'
				: site.stage
					? 'no'
					: 'ifPresent';
		case 'formwork':
			return some(site.formworks);
		case 'pit':
			return some(site.openPits);
		case 'belowGround':
			if (site.openPits > 0 || site.hasUnderground) return 'yes';
			return site.hasUnderground === null ? 'ifPresent' : 'no';
		case 'spoil':
			return some(site.spoilHeightM);
		case 'sheds':
			return some(site.tempStructures);
	}
}

/** Whether the trigger of a line is met. A signal without a colour counts as the lightest: it was issued, after all. */
export function isTriggered(line: Pick<LadderLine, 'trigger' | 'fromLevel'>, situation: Situation): boolean {
	const { trigger, fromLevel } = line;
	if (trigger === 'moderateHeavyRain') return situation.isModerateHeavyRain;
	if (trigger === 'response')
		return situation.response !== null && reachesResponse(situation.response, fromLevel as ResponseLevel);
	return situation.signals.some(
		({ kind, colour }) => kind === trigger && reachesColour(colour ?? 'blue', fromLevel as SignalColour),
	);
}

export interface AppliedLine {
	line: LadderLine;
	isConditional: boolean;
}

/**
 * The lines for one site, in the order of the ladder. The same measure of the same work is told once: the one from the
 * gravest trigger, or the more frequent one of two checks.
 */
export function linesFor(ladder: readonly LadderLine[], situation: Situation, site: SiteToday): AppliedLine[] {
	const found = new Map<string, AppliedLine>();
	for (const line of ladder) {
		if (!line.isOn || !isTriggered(line, situation)) continue;
		const applies = workOn(line.work, site);
		if (applies === 'no') continue;
		const key = line.measure === 'checkEvery' ? 'checkEvery' : `${line.measure}/${line.work}`;
		const held = found.get(key)?.line;
		if (held && (held.everyHours ?? Infinity) <= (line.everyHours ?? Infinity)) continue;
		found.set(key, { line, isConditional: applies === 'ifPresent' });
	}
	return [...found.values()];
}

/** Measures after which a machine that moves is a case. */
export function stopsLifting(measure: string): boolean {
	return measure === 'stopLifting' || measure === 'releaseSlew' || measure === 'stopWork' || measure === 'evacuate';
}

/** Whether the cranes of a site stand still by a measure. */
export function stopsCranes({ measure, work }: { measure: string; work: string }): boolean {
	return stopsLifting(measure) && (work === 'lifting' || work === 'all');
}
