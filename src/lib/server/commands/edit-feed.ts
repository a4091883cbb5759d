// A polled feed is set, changed or taken out by the analyst.

import type { FeedEdit } from '#lib/contract/flood-source.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { putFeed, removeFeed } from '../repositories/weather-feed.ts';

export type EditFeed = { ok: true } | { ok: false; reason: 'forbidden' | 'not-found' | 'name-taken' };

/**
 * @param feed - null: taken out
 * @throws Fault `forbidden` for an address that the settings do not allow
 */
export async function editFeed(
	db: Db,
	outbound: Pick<Outbound, 'assertAllowed'>,
	caller: Caller,
	id: string,
	feed: FeedEdit | null,
): Promise<EditFeed> {
	if (!authorize(caller.principal, 'flood:rule').ok) return { ok: false, reason: 'forbidden' };
	if (feed) outbound.assertAllowed(feed.url);
	return transaction(db, async (tx): Promise<EditFeed> => {
		if (feed) {
			const other = await tx
				.selectFrom('weather_feed')
				.select('id')
				.where('name', '=', feed.name)
				.where('id', '!=', id)
				.executeTakeFirst();
			if (other) return { ok: false, reason: 'name-taken' };
			await putFeed(tx, id, feed, caller.now, nameOf(caller.principal));
		} else if (!(await removeFeed(tx, id))) return { ok: false, reason: 'not-found' };
		await audit(tx, {
			...signedBy(caller),
			action: 'flood:rule',
			object: `feed ${id}`,
			detail: feed ? { name: feed.name, url: feed.url, everyS: feed.everyS, isOn: feed.isOn } : { removed: true },
			outcome: 'done',
		});
		return { ok: true };
	});
}
