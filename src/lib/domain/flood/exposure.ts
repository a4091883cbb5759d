// What a flood would do to one site: hazard × exposure × vulnerability, each between 0 and 1, as a product of powers, so
// that a site without anything to be flooded has no flood risk however hard it rains. Every factor is shown with its
// source. What nobody has found out counts half and raises the uncertainty; it never lowers the risk.

import type { Rule } from '../rule.ts';

type Weights<K extends string> = Record<K, Rule>;

export interface ExposureRules {
	/** Version of the formula; kept with every score. */
	name: string;
	powers: Weights<'hazard' | 'exposure' | 'vulnerability'>;
	hazard: Weights<
		| 'rain'
		| 'river'
		| 'lowGround'
		| 'history'
		| 'rainFullGrade'
		| 'riverFullM'
		| 'riverFromM'
		| 'lowFullM'
		| 'timesFull'
	>;
	exposure: Weights<
		| 'pit'
		| 'spoil'
		| 'underground'
		| 'water'
		| 'cranes'
		| 'structures'
		| 'formwork'
		| 'people'
		| 'pitDepthFullM'
		| 'pitAreaFullM2'
		| 'spoilFullM'
		| 'waterFullM'
		| 'waterNoneM'
		| 'cranesFull'
		| 'structuresFull'
		| 'peopleFull'
		| 'formworkFull'
	>;
	vulnerability: Weights<'support' | 'pumps' | 'ledger' | 'receipt' | 'least' | 'pumpMmPerH'>;
	bands: Weights<'red' | 'orange' | 'yellow'>;
}

export const EXPOSURE_BANDS = ['red', 'orange', 'yellow', 'blue'] as const;
export type ExposureBand = (typeof EXPOSURE_BANDS)[number];

export interface RainSums {
	h1: number | null;
	h3: number | null;
	h24: number | null;
}

/** Whole sums; beside them, for spans of which a part is unknown, what fell at least. */
export interface RainKnown extends RainSums {
	least?: RainSums;
}

/** Null is unknown. What the register counts (pits, cranes, formwork) is always known. */
export interface ExposedSite {
	/** Millimetres of the last hours, at the gauge or grid cell that speaks for the site. */
	rain: RainKnown & { source: string };
	/** Metres above the warning level of the river that threatens it; `none`: no river does. */
	river: { aboveWarningM: number | null; source: string } | 'none';
	lowGroundM: number | null;
	waterloggedTimes: number | null;
	/** Pits that are open today. */
	pits: readonly { depthM: number | null; areaM2: number; isSlabbed: boolean; grade: 'I' | 'II' | 'III' | null }[];
	spoilHeightM: number | null;
	hasUnderground: boolean | null;
	waterM: number | null;
	cranes: number;
	tempStructures: number | null;
	formworks: number;
	people: number | null;
	pumpM3h: number | null;
	/** Share of the ledger's items that are missing or past their date. */
	ledgerGap: number;
	receipt: 'not-asked' | 'answered' | 'silent';
	/** Where the surveyed facts come from. */
	surveySource: string;
}

export type FactorKey =
	| 'rain'
	| 'river'
	| 'lowGround'
	| 'history'
	| 'pit'
	| 'spoil'
	| 'underground'
	| 'water'
	| 'cranes'
	| 'structures'
	| 'formwork'
	| 'people'
	| 'support'
	| 'pumps'
	| 'ledger'
	| 'receipt';

export interface Factor {
	key: FactorKey;
	group: 'hazard' | 'exposure' | 'vulnerability';
	/** 0 to 1; what counts, for an unknown factor one half. */
	share: number;
	weight: number;
	isKnown: boolean;
	/** What was found, with its unit; null when unknown. */
	value: number | null;
	/** The value is a lower bound: a part of what it sums is not known. */
	isAtLeast?: boolean;
	unit: string;
	source: string;
}

export interface Exposure {
	/** 0 to 100. */
	score: number;
	band: ExposureBand;
	hazard: number;
	exposure: number;
	vulnerability: number;
	/** Share of the weight that stands on nothing known, 0 to 1. */
	uncertainty: number;
	factors: Factor[];
}

const UNKNOWN_SHARE = 0.5;
const clamp = (share: number) => Math.min(1, Math.max(0, share));

/** @param rainFull - millimetres over 1, 3 and 24 hours that count in full (begin of the grade the rules name) */
export function judgeExposure(site: ExposedSite, rules: ExposureRules, rainFull: RainFull): Exposure {
	const hazard = hazardFactors(site, rules, rainFull);
	const exposure = exposureFactors(site, rules);
	const vulnerability = vulnerabilityFactors(site, rules);
	const factors = [...hazard, ...exposure, ...vulnerability];
	const h = sum(hazard);
	const e = clamp(sum(exposure));
	const v = vulnerabilityOf(vulnerability, rules);
	const score = scoreOf(h, e, v, rules);
	const all = factors.reduce((total, { weight }) => total + weight, 0);
	const unknown = factors.filter(({ isKnown }) => !isKnown).reduce((total, { weight }) => total + weight, 0);
	return {
		score,
		band: exposureBand(score, rules),
		hazard: h,
		exposure: e,
		vulnerability: v,
		uncertainty: all > 0 ? unknown / all : 0,
		factors,
	};
}

/** The product form. */
export function scoreOf(hazard: number, exposure: number, vulnerability: number, { powers }: ExposureRules): number {
	return (
		100 *
		clamp(hazard) ** powers.hazard.value *
		clamp(exposure) ** powers.exposure.value *
		clamp(vulnerability) ** powers.vulnerability.value
	);
}

/** Limits are reached, not exceeded. */
export function exposureBand(score: number, { bands }: Pick<ExposureRules, 'bands'>): ExposureBand {
	if (score >= bands.red.value) return 'red';
	if (score >= bands.orange.value) return 'orange';
	return score >= bands.yellow.value ? 'yellow' : 'blue';
}

/** Millimetres that count in full, per span. */
export interface RainFull {
	h1: number;
	h3: number;
	h24: number;
}

/** Share of the rain factor: the worst of the three spans. Unknown spans do not count; all unknown is NaN. */
export function rainShare(h1: number, h3: number, h24: number, full: RainFull): number {
	const worst = Math.max(orNothing(h1 / full.h1), orNothing(h3 / full.h3), orNothing(h24 / full.h24));
	return worst === -Infinity ? NaN : clamp(worst);
}

/**
 * What the rain counts, with spans of which a part is unknown: what fell at least raises it and never lowers it. A lower
 * bound beside no whole sum counts no less than the unknown.
 *
 * @param whole - share of the whole sums, @param least - of the lower bounds; NaN: there is none
 */
export function rainCount(whole: number, least: number): number {
	const floor = Number.isNaN(whole) ? UNKNOWN_SHARE : whole;
	return least > floor ? least : floor;
}

const orNothing = (share: number) => (Number.isNaN(share) ? -Infinity : share);

/** Share of the river factor by metres above the warning level. */
export function riverShare(aboveWarningM: number, { hazard: { riverFromM, riverFullM } }: ExposureRules): number {
	return clamp((aboveWarningM - riverFromM.value) / (riverFullM.value - riverFromM.value));
}

function hazardFactors(site: ExposedSite, rules: ExposureRules, rainFull: RainFull): Factor[] {
	const { hazard } = rules;
	const rain = rainFactor(site.rain, hazard.rain, rainFull);
	const river = site.river === 'none' ? null : site.river;
	return [
		rain,
		river
			? factor(
					...(['hazard', 'river', hazard.river] as const),
					river.aboveWarningM === null ? null : riverShare(river.aboveWarningM, rules),
					...([river.aboveWarningM, 'm', river.source] as const),
				)
			: factor('hazard', 'river', hazard.river, 0, 0, '', 'survey'),
		factor(
			...(['hazard', 'lowGround', hazard.lowGround] as const),
			site.lowGroundM === null ? null : clamp(site.lowGroundM / hazard.lowFullM.value),
			...([site.lowGroundM, 'm', site.surveySource] as const),
		),
		factor(
			...(['hazard', 'history', hazard.history] as const),
			site.waterloggedTimes === null ? null : clamp(site.waterloggedTimes / hazard.timesFull.value),
			...([site.waterloggedTimes, '', site.surveySource] as const),
		),
	];
}

function rainFactor({ least, source, ...whole }: ExposedSite['rain'], weight: Rule, full: RainFull): Factor {
	const shareOf = ({ h1, h3, h24 }: RainSums) => rainShare(h1 ?? NaN, h3 ?? NaN, h24 ?? NaN, full);
	const longest = ({ h1, h3, h24 }: RainSums) => h24 ?? h3 ?? h1;
	const [known, bound] = [shareOf(whole), least ? shareOf(least) : NaN];
	const share = rainCount(known, bound);
	const isAtLeast = share === bound && share !== known;
	// A bound that counts in full already needs no whole sum beside it.
	const isKnown = !Number.isNaN(known) || bound >= 1;
	const value = longest(isAtLeast ? least! : whole);
	return { ...factor('hazard', 'rain', weight, share, value, 'mm', source), isKnown, ...(isAtLeast && { isAtLeast }) };
}

function exposureFactors(site: ExposedSite, { exposure }: ExposureRules): Factor[] {
	const surveyed = (key: FactorKey, weight: Rule, value: number | null, full: Rule, unit: string) =>
		factor('exposure', key, weight, value === null ? null : clamp(value / full.value), value, unit, site.surveySource);
	const counted = (key: FactorKey, weight: Rule, value: number, full: Rule) =>
		factor('exposure', key, weight, clamp(value / full.value), value, '', 'register');
	const { waterFullM, waterNoneM } = exposure;
	const waterShare =
		site.waterM === null ? null : clamp((waterNoneM.value - site.waterM) / (waterNoneM.value - waterFullM.value));
	return [
		pitFactor(site, exposure),
		surveyed('spoil', exposure.spoil, site.spoilHeightM, exposure.spoilFullM, 'm'),
		factor(
			...(['exposure', 'underground', exposure.underground] as const),
			site.hasUnderground === null ? null : Number(site.hasUnderground),
			...([site.hasUnderground === null ? null : Number(site.hasUnderground), '', site.surveySource] as const),
		),
		factor('exposure', 'water', exposure.water, waterShare, site.waterM, 'm', site.surveySource),
		counted('cranes', exposure.cranes, site.cranes, exposure.cranesFull),
		surveyed('structures', exposure.structures, site.tempStructures, exposure.structuresFull, ''),
		counted('formwork', exposure.formwork, site.formworks, exposure.formworkFull),
		surveyed('people', exposure.people, site.people, exposure.peopleFull, ''),
	];
}

/** Depth × area of the open pits; a slabbed one counts half. A pit of unknown depth is an unknown factor, not a shallow pit. */
function pitFactor({ pits }: ExposedSite, { pit, pitDepthFullM, pitAreaFullM2 }: ExposureRules['exposure']): Factor {
	const shares = pits.map(({ depthM, areaM2, isSlabbed }) =>
		depthM === null
			? null
			: (isSlabbed ? 0.5 : 1) *
				Math.sqrt(clamp(depthM / pitDepthFullM.value) * clamp(areaM2 / pitAreaFullM2.value)) **
					(depthM >= pitDepthFullM.value ? 0.5 : 1),
	);
	const known = shares.filter((share) => share !== null);
	const share = known.length < shares.length ? null : Math.max(0, ...known);
	const deepest = pits.reduce<number | null>(
		(most, { depthM }) => (depthM === null ? most : Math.max(most ?? 0, depthM)),
		null,
	);
	return factor('exposure', 'pit', pit, share, pits.length === 0 ? 0 : deepest, 'm', 'register');
}

const SUPPORT_SHARE = { I: 1, II: 0.6, III: 0.3 } as const;

function vulnerabilityFactors(site: ExposedSite, { vulnerability }: ExposureRules): Factor[] {
	const { support, pumps, ledger, receipt, pumpMmPerH } = vulnerability;
	const found: Factor[] = [];
	if (site.pits.length > 0) {
		const grades = site.pits.map(({ grade }) => grade);
		const isKnown = grades.every((grade) => grade !== null);
		const worst = Math.max(...grades.map((grade) => (grade ? SUPPORT_SHARE[grade] : 0)));
		found.push(
			factor('vulnerability', 'support', support, isKnown ? worst : null, isKnown ? worst : null, '', 'register'),
		);
		const neededM3h = (site.pits.reduce((area, { areaM2 }) => area + areaM2, 0) * pumpMmPerH.value) / 1000;
		const gap = site.pumpM3h === null ? null : clamp(1 - site.pumpM3h / neededM3h);
		found.push(factor('vulnerability', 'pumps', pumps, gap, site.pumpM3h, 'm3/h', 'ledger'));
	}
	found.push(
		factor('vulnerability', 'ledger', ledger, clamp(site.ledgerGap), Math.round(site.ledgerGap * 100), '%', 'ledger'),
	);
	if (site.receipt !== 'not-asked') {
		const silent = site.receipt === 'silent' ? 1 : 0;
		found.push(factor('vulnerability', 'receipt', receipt, silent, silent, '', 'receipts'));
	}
	return found;
}

/** The mean of what applies, above the least a site can be. */
function vulnerabilityOf(factors: readonly Factor[], { vulnerability: { least } }: ExposureRules): number {
	const weights = factors.reduce((total, { weight }) => total + weight, 0);
	return least.value + (1 - least.value) * (weights > 0 ? sum(factors) / weights : 0);
}

function factor(
	group: Factor['group'],
	key: FactorKey,
	weight: Rule,
	share: number | null,
	value: number | null,
	unit: string,
	source: string,
): Factor {
	return {
		key,
		group,
		share: share ?? UNKNOWN_SHARE,
		weight: weight.value,
		isKnown: share !== null,
		value,
		unit,
		source,
	};
}

function sum(factors: readonly Factor[]): number {
	return factors.reduce((total, { share, weight }) => total + share * weight, 0);
}
