// Delivers what is queued: to browsers by web push, to the bureau's gateway by a signed webhook. What fails is tried
// again after doubling pauses, and given up in the end with the reason.

import { createHmac } from 'node:crypto';
import webPush from 'web-push';
import { deliveryRules } from '#db/rules/escalation.ts';
import { pauseMs } from '#lib/domain/alarm/escalation.ts';
import type { Db } from '../db/connection.ts';
import type { Outbound } from '../outbound/outbound.ts';
import {
	dropPushAddress,
	dueNotices,
	noteDelivery,
	pushAddress,
	type KeyPair,
	type Notice,
} from '../repositories/notice.ts';

export interface DeliverParts {
	db: Db;
	outbound: Outbound;
	/** Signs webhooks; empty: they are sent unsigned. */
	secret: string;
	/** Signs web pushes (VAPID). */
	keys: KeyPair;
	/** Who answers for the pushes, as push services want to know. */
	contact: string;
}

const AT_ONCE = 20;
const TTL_S = 3600;

/** One round. @returns how many were tried */
export async function deliver(parts: DeliverParts, now: () => Date): Promise<number> {
	const due = await dueNotices(parts.db, now(), AT_ONCE);
	for (const notice of due) {
		try {
			const received = notice.channel === 'push' ? await push(parts, notice) : await call(parts, notice, now());
			await noteDelivery(parts.db, notice.id, { at: now(), ok: true, received });
		} catch (error) {
			const pause = error instanceof Gone ? null : pauseMs(notice.attempts + 1, deliveryRules);
			const nextAt = pause === null ? null : new Date(now().getTime() + pause);
			await noteDelivery(parts.db, notice.id, {
				at: now(),
				ok: false,
				error: String((error as Error).message),
				nextAt,
			});
		}
	}
	return due.length;
}

class Gone extends Error {}

/** @returns true: a 2xx of the gateway means that it has the message */
async function call({ outbound, secret }: DeliverParts, { id, address, body }: Notice, at: Date): Promise<boolean> {
	const sent = JSON.stringify({ id, at: at.toISOString(), ...body });
	const headers: Record<string, string> = { 'content-type': 'application/json', 'x-sitewatch-id': id };
	if (secret) headers['x-sitewatch-signature'] = signature(secret, at, sent);
	const answer = await outbound.ask(address, { method: 'POST', headers, body: sent });
	if (!answer.ok) throw new Error(`网关答复 ${answer.status} · the gateway answered ${answer.status}`);
	return true;
}

/** `t=SECONDS,v1=HEX`: HMAC-SHA-256 over `SECONDS.BODY`, so that an old message cannot be sent again. */
export function signature(secret: string, at: Date, body: string): string {
	const seconds = Math.floor(at.getTime() / 1000);
	return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** @returns false: the push service has it, the browser says by itself when it arrives */
async function push({ db, outbound, keys, contact }: DeliverParts, { id, address, body }: Notice): Promise<boolean> {
	const to = await pushAddress(db, address);
	if (!to) throw new Gone('浏览器已取消订阅 · the browser has unsubscribed');
	const details = webPush.generateRequestDetails(
		{ endpoint: to.endpoint, keys: { p256dh: to.p256dh, auth: to.auth } },
		JSON.stringify({ id, ...body }),
		{ vapidDetails: { subject: contact, ...keys }, TTL: TTL_S, urgency: 'high' },
	);
	const headers = Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name, String(value)]));
	const answer = await outbound.ask(details.endpoint, { method: 'POST', headers, body: details.body ?? '' });
	if (answer.status === 404 || answer.status === 410) {
		await dropPushAddress(db, address);
		throw new Gone('浏览器已取消订阅 · the browser has unsubscribed');
	}
	if (!answer.ok) throw new Error(`推送服务答复 ${answer.status} · the push service answered ${answer.status}`);
	return false;
}
