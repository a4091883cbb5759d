// The links of new orders go to the bureau's gateway (SMS, government apps), signed and retried like every message to
// it. An order whose measures grew is told again; one that was told and has not changed is not.

import { randomUUID } from 'node:crypto';
import { floodRules } from '#db/rules/flood.ts';
import { minuteIn } from '#lib/domain/flood/season.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { untoldOrders, noteTold } from '../repositories/flood-link.ts';
import { addNotice } from '../repositories/notice.ts';

export interface LinkChannel {
	/** Address of the gateway; empty: links are opened or copied by the officer. */
	webhook: string;
	/** Where sites reach this server, as `https://host`. */
	origin: string;
}

/** @returns how many were queued */
export async function queueLinks(db: Db, { webhook, origin }: LinkChannel, now: Date): Promise<number> {
	if (webhook === '') return 0;
	return transaction(db, async (tx) => {
		const orders = await untoldOrders(tx);
		for (const { noticeId, siteName, link, person, phone, answerBy } of orders) {
			const until = minuteIn(floodRules.seasons.zone, answerBy).slice(5);
			const url = `${origin}/f/${link}`;
			await addNotice(tx, {
				id: randomUUID(),
				floodNoticeId: noticeId,
				channel: 'webhook',
				address: webhook,
				at: now,
				body: {
					kind: 'flood-order',
					title: '防汛指令',
					text: `${siteName}：请于 ${until} 前落实并回执 ${url}`,
					...{ url, siteName, person, phone, answerBy: answerBy.toISOString() },
				},
			});
		}
		await noteTold(
			tx,
			orders.map(({ noticeId }) => noticeId),
			now,
		);
		return orders.length;
	});
}
