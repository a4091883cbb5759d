// Exposure of every site out of the register, the survey, the ledger, the gauges and the answers.

import { floodRules } from '#db/rules/flood.ts';
import type { StationView } from '#lib/contract/flood.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { judgeExposure, type ExposedSite, type Exposure } from '#lib/domain/flood/exposure.ts';
import type { RainFull } from '#lib/domain/flood/exposure-shares.ts';
import { ledgerGap, type LedgerItem } from '#lib/domain/flood/ledger.ts';
import { isModerateHeavy } from '#lib/domain/flood/rain-grade.ts';
import { rainKnown } from '#lib/domain/flood/rain-known.ts';
import { nearest } from '#lib/domain/flood/nearest.ts';
import { dayIn } from '#lib/domain/flood/season.ts';
import { grouped } from '#lib/domain/grouped.ts';
import type { Db } from '../db/connection.ts';
import { floodSites, openPits, type FloodSite } from '../repositories/flood-site.ts';
import { ledgerItems } from '../repositories/flood-ledger.ts';
import { readFieldRain, type FieldRain } from './field-rain.ts';
import { measuredNow } from './measured.ts';

export interface JudgedSite {
	site: FloodSite;
	exposed: ExposedSite;
	judged: Exposure;
	/** 中到大雨 has fallen within a day, or is forecast for the next. */
	isModerateHeavy: boolean;
}

/** Millimetres that count in full: the begin of the grade the rules name, per span. */
export const RAIN_FULL: RainFull = (() => {
	const { from } = floodRules.rainGrades;
	const grade = floodRules.exposure.hazard.rainFullGrade.value;
	return { h1: from[1][grade]!.value, h3: from[3][grade]!.value, h24: from[24][grade]!.value };
})();

export async function judgeSites(db: Db, scope: Scope, at: Date): Promise<JudgedSite[]> {
	const measured = await measuredNow(db, at);
	const sites = await floodSites(db, scope);
	const fields = await readFieldRain(
		db,
		at,
		sites.map((site) => site.at),
	);
	const pits = grouped(await openPits(db), ({ siteId }) => siteId);
	const ledger = grouped(await ledgerItems(db, scope), ({ siteId }) => siteId);
	const silent = new Map((await openNotices(db)).map((row) => [row.site_id, row]));
	const gauges = measured.filter(({ kind, isStale }) => kind === 'rain' && !isStale);
	const rivers = new Map(measured.filter(({ kind }) => kind === 'river').map((river) => [river.id, river]));
	const today = dayIn(floodRules.seasons.zone, at);
	return sites.map((site, i) => {
		const field = fields[i]!;
		const notice = silent.get(site.id);
		const exposed: ExposedSite = {
			rain: rainAt(site, gauges, field),
			river: riverOf(site, rivers),
			lowGroundM: site.survey?.lowGroundM ?? null,
			waterloggedTimes: site.survey?.waterloggedTimes ?? null,
			pits: pits.get(site.id) ?? [],
			spoilHeightM: site.spoilHeightM,
			hasUnderground: site.hasUnderground,
			waterM: site.survey?.waterM ?? null,
			cranes: site.towerCranes,
			tempStructures: site.tempStructures,
			formworks: site.formworks,
			people: site.survey?.people ?? null,
			pumpM3h: site.survey?.pumpM3h ?? null,
			ledgerGap: gapOf(site, ledger.get(site.id) ?? [], today),
			receipt: !notice ? 'not-asked' : notice.seen_at ? 'answered' : notice.answer_by < at ? 'silent' : 'not-asked',
			surveySource: site.survey?.source ?? '',
		};
		const { h1, h3, h24, least } = exposed.rain;
		const dayMm = Math.max(...[h24, h3, h1, least?.h24, least?.h3, least?.h1].map((mm) => mm ?? 0));
		return {
			site,
			exposed,
			judged: judgeExposure(exposed, floodRules.exposure, RAIN_FULL),
			isModerateHeavy: isModerateHeavy(dayMm, 24, floodRules.rainGrades) === true || field.isHeavyAhead,
		};
	});
}

export function gapOf(site: FloodSite, items: readonly LedgerItem[], today: string): number {
	return ledgerGap(items, site.openPits > 0 || site.hasUnderground === true, today);
}

/** The gauge that speaks for the site; where none does, the sums of the radar's fields. */
function rainAt(site: FloodSite, gauges: readonly StationView[], { h1, h3, h24, source }: FieldRain) {
	const gauge = nearest(site.at, gauges, floodRules.gaugeRadius.value);
	if (gauge) return { ...gauge.rain, source: gauge.name };
	return { ...rainKnown([h1, h3, h24]), source };
}

function riverOf(site: FloodSite, rivers: ReadonlyMap<string, StationView>): ExposedSite['river'] {
	const id = site.survey?.riverStationId;
	if (!id) return 'none';
	const river = rivers.get(id);
	const isKnown = river && !river.isStale && river.value !== null && river.warningM !== null;
	return {
		aboveWarningM: isKnown ? river.value! - river.warningM! : null,
		source: river?.name ?? '',
	};
}

function openNotices(db: Db) {
	return db
		.selectFrom('flood_notice')
		.select(['site_id', 'seen_at', 'answer_by'])
		.where('ended_at', 'is', null)
		.execute();
}
