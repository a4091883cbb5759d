// Which orders have been told to their sites by the gateway, and what came of it.

import type { Db } from '../db/connection.ts';

export interface UntoldOrder {
	noticeId: string;
	siteName: string;
	link: string;
	answerBy: Date;
	/** From the flood ledger; null: nobody is named there, and the gateway has to know by itself. */
	person: string | null;
	phone: string | null;
}

/** Open orders whose link has not been given to the gateway since their measures grew last. Locks them. */
export async function untoldOrders(tx: Db): Promise<UntoldOrder[]> {
	const rows = await tx
		.selectFrom('flood_notice')
		.innerJoin('site', 'site.id', 'flood_notice.site_id')
		.select(['flood_notice.id', 'flood_notice.link', 'flood_notice.answer_by', 'site.name', 'site.id as site_id'])
		.where('flood_notice.link', 'is not', null)
		.where('flood_notice.link_told_at', 'is', null)
		.where('flood_notice.ended_at', 'is', null)
		.orderBy('site.no')
		.forUpdate('flood_notice')
		.execute();
	if (rows.length === 0) return [];
	const named = await tx
		.selectFrom('flood_ledger_item')
		.select(['site_id', 'person', 'phone', 'name'])
		.where('kind', '=', 'responsible')
		.where(
			'site_id',
			'in',
			rows.map(({ site_id }) => site_id),
		)
		.orderBy('changed_at')
		.execute();
	const bySite = new Map(named.map((item) => [item.site_id, item]));
	return rows.map((row) => {
		const item = bySite.get(row.site_id);
		return {
			...{ noticeId: row.id, siteName: row.name, link: row.link!, answerBy: row.answer_by },
			...{ person: item ? (item.person ?? item.name) : null, phone: item?.phone ?? null },
		};
	});
}

export async function noteTold(tx: Db, noticeIds: readonly string[], at: Date): Promise<void> {
	if (noticeIds.length === 0) return;
	await tx
		.updateTable('flood_notice')
		.set({ link_told_at: at })
		.where('id', 'in', [...noticeIds])
		.execute();
}

export interface LinkDelivery {
	state: 'queued' | 'sent' | 'received' | 'failed';
	sentAt: Date | null;
	error: string | null;
}

/** What came of the newest message about an order; undefined: none was sent. */
export async function linkDelivery(db: Db, noticeId: string): Promise<LinkDelivery | undefined> {
	return db
		.selectFrom('notice')
		.select(['state', 'sent_at as sentAt', 'error'])
		.where('flood_notice_id', '=', noticeId)
		.orderBy('next_at', 'desc')
		.limit(1)
		.executeTakeFirst();
}
