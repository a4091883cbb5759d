// The flood situation as pages and walls draw it.

import { floodRules } from '#db/rules/flood.ts';
import { sourceWords } from '#db/rules/source-words.ts';
import type { FloodNow, SensitiveObject } from '#lib/contract/flood.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { completionOf } from '#lib/domain/flood/progress.ts';
import { dayIn, phaseAt } from '#lib/domain/flood/season.ts';
import { grouped } from '#lib/domain/grouped.ts';
import { coverageNow, seasonNow } from '../coverage/coverage-now.ts';
import type { Db } from '../db/connection.ts';
import { exposures } from '../repositories/flood-exposure.ts';
import { ledgerItems } from '../repositories/flood-ledger.ts';
import { noticeViews } from '../repositories/flood-notice.ts';
import { openEvent, openResponses } from '../repositories/flood-response.ts';
import { signalViews } from '../repositories/flood-signal.ts';
import { floodSites, type FloodSite } from '../repositories/flood-site.ts';
import { gridsBetween } from '../repositories/flood-water.ts';
import { holdsDemo } from '../repositories/demo.ts';
import { feeds } from '../repositories/weather-feed.ts';
import { gapOf } from './judge-sites.ts';
import { measuredNow } from './measured.ts';

const HOUR_MS = 3_600_000;
/** Hours the time slider reaches back and forward. */
const SLIDER = { backH: 24, aheadH: 24 };

/** What the picture is made of beside signals, responses and orders, and what receipts do not change. */
export interface FloodParts {
	standing: Pick<FloodNow, 'objects' | 'ledger' | 'isDemo'>;
	water: Pick<FloodNow, 'stations' | 'grids'>;
	exposure: FloodNow['exposure'];
}

/** What stands on the sites, and what their ledgers lack. */
export async function readStanding(db: Db, scope: Scope, at: Date): Promise<FloodParts['standing']> {
	const sites = await floodSites(db, scope);
	const ledger = grouped(await ledgerItems(db, scope), ({ siteId }) => siteId);
	const today = dayIn(floodRules.seasons.zone, at);
	return {
		objects: sites.flatMap(sensitiveObjects),
		ledger: sites.map((site) => ({ no: site.no, gap: gapOf(site, ledger.get(site.id) ?? [], today) })),
		isDemo: await holdsDemo(db),
	};
}

/** Stations and the fields of rain around a moment. */
export async function readWater(db: Db, at: Date): Promise<FloodParts['water']> {
	const from = new Date(+at - SLIDER.backH * HOUR_MS);
	const to = new Date(+at + SLIDER.aheadH * HOUR_MS);
	return { stations: await measuredNow(db, at), grids: await gridsBetween(db, from, to) };
}

export const readExposure = (db: Db, scope: Scope): Promise<FloodParts['exposure']> => exposures(db, scope);

/** @param parts - as they were read not long ago; all are read now by default */
export async function readFloodNow(db: Db, scope: Scope, at: Date, parts?: FloodParts): Promise<FloodNow> {
	const season = seasonNow(await coverageNow(db, at));
	const event = await openEvent(db);
	const since = new Date(+at - 24 * HOUR_MS);
	const notices = event ? await noticeViews(db, scope, event.id, at) : { views: [], states: [] };
	const { standing, water, exposure } = parts ?? {
		standing: await readStanding(db, scope, at),
		water: await readWater(db, at),
		exposure: await readExposure(db, scope),
	};
	return {
		at: at.toISOString(),
		season: { ...season, source: sourceWords(season.source), phase: phaseAt(season, at, floodRules.seasons) },
		event,
		signals: await signalViews(db, scope, since, at),
		responses: await openResponses(db, since),
		completion: event
			? completionOf(
					notices.states.filter(({ endedAt }) => endedAt === null),
					at,
				)
			: null,
		notices: notices.views,
		silentFeeds: (await feeds(db, at))
			.filter(({ isSilent }) => isSilent)
			.map(({ name, answeredAt }) => ({ name, answeredAt })),
		exposure,
		...standing,
		...water,
	};
}

function sensitiveObjects(site: FloodSite): SensitiveObject[] {
	const object = (kind: SensitiveObject['kind'], is: boolean): SensitiveObject[] =>
		is ? [{ kind, siteNo: site.no, at: site.at }] : [];
	return [
		...object('deepPit', site.openPits > 0),
		...object('spoilHeap', (site.spoilHeightM ?? 0) > 0),
		...object('underground', site.hasUnderground === true),
		...object('byWater', (site.survey?.waterM ?? Infinity) <= floodRules.byWater.value),
		...object('lifting', site.towerCranes + site.otherLifting > 0),
		...object('tempStructure', site.climbingScaffolds > 0),
		...object('formwork', site.formworks > 0),
		...object('shed', (site.tempStructures ?? 0) > 0),
	];
}
