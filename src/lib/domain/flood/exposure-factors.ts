// What the exposure of a site to flood is made of, factor by factor, each with its value and source.

import type { Rule } from '../rule.ts';
import type { ExposedSite, ExposureRules, Factor, FactorKey } from './exposure.ts';
import { clamp, rainCount, riverShare, UNKNOWN_SHARE, type RainFull } from './exposure-shares.ts';
import type { RainKnown, RainSums } from './rain-known.ts';

export function hazardFactors(site: ExposedSite, rules: ExposureRules, rainFull: RainFull): Factor[] {
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

function rainFactor({ source, ...rain }: ExposedSite['rain'], weight: Rule, full: RainFull): Factor {
	const share = countOf(rain, full);
	const longest = ({ h1, h3, h24 }: RainSums) => h24 ?? h3 ?? h1;
	// Known: whatever fell in the time that is not known changes nothing.
	const isKnown = countOf(driest(rain), full) === countOf({ ...rain, least: wettest(rain, full) }, full);
	const isAtLeast = rain.least !== undefined && share > countOf({ ...rain, least: NOTHING }, full);
	const value = longest(isAtLeast ? rain.least! : rain);
	return { ...factor('hazard', 'rain', weight, share, value, 'mm', source), isKnown, ...(isAtLeast && { isAtLeast }) };
}

const NOTHING: RainSums = { h1: null, h3: null, h24: null };

function countOf({ h1, h3, h24, least = NOTHING }: RainKnown, full: RainFull): number {
	const or = (mm: number | null) => mm ?? NaN;
	return rainCount(or(h1), or(h3), or(h24), or(least.h1), or(least.h3), or(least.h24), full);
}

function driest({ h1, h3, h24, least = NOTHING }: RainKnown): RainSums {
	return { h1: h1 ?? least.h1 ?? 0, h3: h3 ?? least.h3 ?? 0, h24: h24 ?? least.h24 ?? 0 };
}

/** No more in a short span than in a longer one that is known. */
function wettest({ h3, h24 }: RainSums, full: RainFull): RainSums {
	return { h1: h3 ?? h24 ?? full.h1, h3: h24 ?? full.h3, h24: full.h24 };
}

export function exposureFactors(site: ExposedSite, { exposure }: ExposureRules): Factor[] {
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

export function vulnerabilityFactors(site: ExposedSite, { vulnerability }: ExposureRules): Factor[] {
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
