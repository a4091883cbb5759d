// What the lists and the attention column show, worked out from the register and the live levels. Pure.

import type { MachineProperties, PitProperties, SiteProperties } from '#lib/contract/board.ts';
import type { AlarmMessage } from '#lib/contract/events.ts';
import { presence, type Presence, type PresenceRules } from '#lib/domain/known.ts';
import type { Level } from '#lib/domain/level.ts';
import type { Filters } from '../view-url.ts';

/** Graver first; the order of lists and counters. */
export const LEVEL_ORDER: readonly Level[] = ['danger', 'warning', 'notice', 'unknown', 'normal', 'off'];
export const gravity = (level: Level) => LEVEL_ORDER.length - LEVEL_ORDER.indexOf(level);

/** Not acknowledged before acknowledged, graver before lighter, older before younger. */
export function worstFirst(alarms: Iterable<AlarmMessage>): AlarmMessage[] {
	return [...alarms].sort(
		(a, b) =>
			Number(a.acknowledgedAt !== null) - Number(b.acknowledgedAt !== null) ||
			gravity(b.level) - gravity(a.level) ||
			Date.parse(a.raisedAt) - Date.parse(b.raisedAt),
	);
}

export type Trouble = 'stopped' | 'major' | 'redSign' | 'yellowSign';

/** What is wrong with a site on paper, gravest first; empty when nothing is. */
export function troublesOf(site: SiteProperties): Trouble[] {
	const troubles: Trouble[] = [];
	if (site.openMajorHazards > 0) troubles.push('major');
	if (site.state === 'stopped') troubles.push('stopped');
	if (site.sign === 'red') troubles.push('redSign');
	if (site.sign === 'yellow') troubles.push('yellowSign');
	return troubles;
}

const WEIGHT: Record<Trouble, number> = { major: 8, stopped: 4, redSign: 2, yellowSign: 1 };
const weigh = (site: SiteProperties) => troublesOf(site).reduce((sum, trouble) => sum + WEIGHT[trouble], 0);

/** Sites with something wrong, the gravest first. */
export function inTrouble(sites: Iterable<SiteProperties>): SiteProperties[] {
	return [...sites]
		.filter((site) => weigh(site) > 0)
		.sort((a, b) => weigh(b) - weigh(a) || b.openHazards - a.openHazards || a.no - b.no);
}

export function siteFits(site: SiteProperties, level: Level, filters: Filters): boolean {
	return (
		(filters.town.length === 0 || filters.town.includes(site.townCode ?? '')) &&
		(filters.stage.length === 0 || filters.stage.includes(site.stage ?? '')) &&
		(filters.state.length === 0 || filters.state.includes(site.state)) &&
		(filters.level.length === 0 || filters.level.includes(level))
	);
}

/** Something that stands on a site: the site's own filters hold for it too, the level filter is about the thing. */
export function thingFits(
	thing: MachineProperties | PitProperties,
	site: SiteProperties | undefined,
	level: Level,
	filters: Filters,
): boolean {
	if (filters.level.length > 0 && !filters.level.includes(level)) return false;
	if ('kind' in thing && filters.kind.length > 0 && !filters.kind.includes(thing.kind)) return false;
	return site !== undefined && siteFits(site, level, { ...filters, level: [] });
}

/** How an object reports; null when it has no monitor at all. */
export function presenceOf(
	ageS: number | undefined,
	expectedIntervalS: number | null,
	rules: PresenceRules,
): Presence | null {
	if (expectedIntervalS === null || !(expectedIntervalS > 0)) return null;
	return presence(ageS === undefined ? undefined : ageS * 1000, expectedIntervalS, rules);
}
