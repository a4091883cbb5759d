// Ends a campaign and writes down what it came to, once: a report that was given is not rewritten by what comes after it.

import type { CampaignReport } from '#lib/contract/coverage.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { sumsOf, visitsOfCampaign } from '#lib/domain/coverage/campaign.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import { campaignSites } from '../coverage/campaign-sites.ts';
import { fits } from '../coverage/ledger-facts.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { namedSites, stopOrdersBetween, visitsSentFor } from '../repositories/campaign-facts.ts';
import { coverageHazards, coverageSites, coverageVisits } from '../repositories/coverage-facts.ts';
import { closeRound, roundById, roundsBetween } from '../repositories/coverage-round.ts';

export type CloseCampaign =
	| { ok: true; report: CampaignReport; events: EventMessage[] }
	| { ok: false; reason: 'forbidden' | 'not-found' | 'no-campaign' | 'is-closed' };

export async function closeCampaign(db: Db, caller: Caller, id: string): Promise<CloseCampaign> {
	const { principal, now } = caller;
	if (!authorize(principal, 'coverage:manage').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx): Promise<CloseCampaign> => {
		const round = await roundById(tx, id);
		if (!round) return { ok: false, reason: 'not-found' };
		if (round.kind !== 'campaign') return { ok: false, reason: 'no-campaign' };
		if (round.report) return { ok: false, reason: 'is-closed' };
		const found = await coverageHazards(tx, SYSTEM, round.fromOn);
		const sample = (await coverageSites(tx, SYSTEM, round.toOn)).filter((site) =>
			fits(site, round, { hazards: found }),
		);
		const known = new Set(sample.map(({ id }) => id));
		const visits = visitsOfCampaign(await coverageVisits(tx, SYSTEM, round.fromOn), round, {
			sample: known,
			sentFor: await visitsSentFor(tx, round),
			others: (await roundsBetween(tx, round.fromOn, round.toOn)).filter(
				({ id: other, kind }) => kind === 'campaign' && other !== id,
			),
		});
		const sites = new Set(visits.map(({ siteId }) => siteId));
		const hazards = found.filter(
			({ siteId, foundOn }) => sites.has(siteId) && foundOn >= round.fromOn && foundOn <= round.toOn,
		);
		const reached = await namedSites(tx, [...new Set([...known, ...sites])]);
		const orders = await stopOrdersBetween(tx, round.fromOn, round.toOn);
		const ended = campaignSites(reached, { visits, hazards, orders });
		const { sites: _reached, ...counted } = sumsOf(ended);
		const report: CampaignReport = { sampled: round.quota ?? counted.visited, ...counted };
		await closeRound(tx, id, { sums: report, sites: ended, at: now });
		const subject = { kind: 'round', id };
		const events = await appendEvents(tx, [{ at: now, type: 'coverage:changed', subject, data: { roundId: id } }]);
		await audit(tx, {
			...signedBy(caller),
			action: 'coverage:manage',
			object: `round ${id}`,
			detail: { close: report },
			outcome: 'done',
		});
		return { ok: true, report, events };
	});
}
