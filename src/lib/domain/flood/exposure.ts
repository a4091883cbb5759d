// What a flood would do to one site: hazard × exposure × vulnerability, each between 0 and 1, as a product of powers, so
// that a site without anything to be flooded has no flood risk however hard it rains. Every factor is shown with its
// source. What nobody has found out counts half and raises the uncertainty; it never lowers the risk.

import type { Rule } from '../rule.ts';
import { exposureFactors, hazardFactors, vulnerabilityFactors } from './exposure-factors.ts';
import { clamp, type RainFull } from './exposure-shares.ts';
import type { RainKnown } from './rain-known.ts';

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

/** The mean of what applies, above the least a site can be. */
function vulnerabilityOf(factors: readonly Factor[], { vulnerability: { least } }: ExposureRules): number {
	const weights = factors.reduce((total, { weight }) => total + weight, 0);
	return least.value + (1 - least.value) * (weights > 0 ? sum(factors) / weights : 0);
}

function sum(factors: readonly Factor[]): number {
	return factors.reduce((total, { share, weight }) => total + share * weight, 0);
}
