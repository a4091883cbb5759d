// Keeps the ladder and the deliveries going, in one process of however many there are.

import { randomUUID } from 'node:crypto';
import webPush from 'web-push';
import type { EventMessage } from '#lib/contract/events.ts';
import type { Config } from '../config.ts';
import type { Databases } from '../db/connection.ts';
import type { LivePart } from '../live/live-part.ts';
import { outboundOf } from '../outbound/from-settings.ts';
import { holdJob } from '../repositories/lease.ts';
import { serverKey } from '../repositories/notice.ts';
import { deliver } from './deliver.ts';
import { escalate } from './escalate.ts';

export interface Notifier {
	/** Browsers subscribe with it. */
	publicKey: string;
	stop(): Promise<void>;
}

const EVERY_MS = 5000;
const LEASE_MS = 20_000;

export async function startNotifier(
	config: Config,
	{ alarm, isUp }: Databases,
	live: LivePart,
	{ now, onFault }: { now: () => number; onFault: (error: unknown) => void },
): Promise<Notifier> {
	const holder = randomUUID();
	const date = () => new Date(now());
	const keys = await serverKey(alarm, 'web-push', () => webPush.generateVAPIDKeys(), date());
	const contact = config.ORIGIN.startsWith('https:') ? config.ORIGIN : 'mailto:sitewatch@localhost.localdomain';
	const ladder = { db: alarm, describe: live.describe, webhook: config.ALARM_WEBHOOK_URL };
	const post = { db: alarm, outbound: outboundOf(config), secret: config.ALARM_WEBHOOK_SECRET, keys, contact };
	let isStopped = false;
	let working: Promise<void> | undefined;

	async function work(): Promise<void> {
		if (!isUp()) return;
		const at = date();
		if (!(await holdJob(alarm, 'notifier', holder, at, new Date(at.getTime() + LEASE_MS)))) return;
		const events: EventMessage[] = await escalate(ladder, date());
		if (events.length > 0) live.feed.announce(events);
		while (!isStopped && (await deliver(post, date)) > 0);
	}
	const timer = setInterval(() => {
		working ??= work()
			.catch(onFault)
			.finally(() => (working = undefined));
	}, EVERY_MS);

	return {
		publicKey: keys.publicKey,
		async stop() {
			isStopped = true;
			clearInterval(timer);
			await working;
		},
	};
}
