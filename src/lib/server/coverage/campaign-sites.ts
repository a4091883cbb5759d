// The sites of a campaign as they stand at its end: what was found and ordered there by then.

import type { CampaignSite } from '#lib/domain/coverage/campaign.ts';
import { grouped } from '#lib/domain/grouped.ts';
import type { NamedSite, StopOrder } from '../repositories/campaign-facts.ts';
import type { FactHazard, FactVisit } from '../repositories/coverage-facts.ts';

export interface CampaignFacts {
	visits: readonly FactVisit[];
	hazards: readonly FactHazard[];
	orders: readonly StopOrder[];
}

export function campaignSites(named: readonly NamedSite[], { visits, hazards, orders }: CampaignFacts): CampaignSite[] {
	const visitsOf = grouped(visits, ({ siteId }) => siteId);
	const hazardsOf = grouped(hazards, ({ siteId }) => siteId);
	return named.map((site) => {
		const own = visitsOf.get(site.siteId) ?? [];
		return {
			...site,
			isVisited: own.length > 0,
			findings: (hazardsOf.get(site.siteId) ?? []).map(
				({ category, description, isMajor, dueOn, rectifiedOn, closedOn }) => ({
					...{ category, description, isMajor, dueOn, rectifiedOn, isClosed: closedOn !== null },
				}),
			),
			stops: own
				.filter(({ result }) => result === 'stopWork')
				.map(({ id, on }) => {
					const order =
						orders.find(({ visitId }) => visitId === id) ??
						orders.find((one) => one.siteId === site.siteId && one.visitId === null && one.on === on);
					return { on, reason: order?.reason ?? null, liftedOn: order?.liftedOn ?? null };
				}),
		};
	});
}
