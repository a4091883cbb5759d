// The part of the program that carries the flood season: keeps orders in step with signals and responses, watches cranes
// under a stop order, judges exposure when it is due.

import { floodRules } from '#db/rules/flood.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { isExposureDue } from '#lib/domain/flood/exposure-clock.ts';
import { movedAfterStop, type CranePose } from '#lib/domain/flood/movement.ts';
import { grouped } from '#lib/domain/grouped.ts';
import { noteMovements, type Moved } from '../commands/note-movements.ts';
import { orderMeasures } from '../commands/order-measures.ts';
import { queueLinks, type LinkChannel } from '../commands/queue-links.ts';
import { judgeExposures } from '../commands/judge-exposures.ts';
import type { Databases } from '../db/connection.ts';
import type { EventFeed } from '../events/feed.ts';
import type { Row } from '../ingest/check-reading.ts';
import type { LivePart } from '../live/live-part.ts';
import { stopOrders } from '../repositories/flood-notice.ts';
import { signalsByTown } from '../repositories/flood-signal.ts';
import { openEvent } from '../repositories/flood-response.ts';
import { floodPictures, type FloodPictures } from './pictures.ts';

export interface FloodPart {
	/** Stored readings: cranes that must stand still are looked at. */
	observe(rows: readonly Pick<Row, 'device' | 'atUs' | 'values'>[]): void;
	/** Brings the orders in step now; calls while one is under way share the next. */
	direct(by: string): Promise<void>;
	/** Judges all sites now. */
	judge(): Promise<void>;
	/** Does what is due by now; its own clock asks every `tickMs`. */
	tick(): Promise<void>;
	/** The situation for all who look at it. */
	pictures: FloodPictures;
	close(): Promise<void>;
}

export interface FloodOptions {
	bureau: string;
	/** How links get to the sites. */
	links: LinkChannel;
	now: () => number;
	onFault: (error: unknown) => void;
	/** Zero: whoever started it calls `tick` by himself. */
	tickMs: number;
}

const DIRECTING = new Set(['flood:signal', 'flood:response', 'flood:ladder']);
/** After these a site may be exposed otherwise than it was, and other lines of the ladder may apply to it. */
const EDITING = new Set(['register:changed', 'import:committed', 'import:undone', 'flood:ledger']);

const CLOCK = { zone: floodRules.seasons.zone, every: floodRules.exposureEveryS };

export async function startFlood(
	databases: Databases,
	{ feed, describe, setSignals }: Pick<LivePart, 'describe' | 'setSignals'> & { feed: EventFeed },
	{ bureau, links, now, onFault, tickMs }: FloodOptions,
): Promise<FloodPart> {
	const { read, alarm } = databases;
	let orders = new Map<string, { noticeId: string; standByMs: number }>();
	const pictures = floodPictures(now);
	const poses = new Map<string, CranePose>();
	const told = new Set<string>();
	let moderateHeavy = new Set<string>();
	let judgedAt: Date | null = null;
	let isEdited = false;
	/** Cranes seen to move that are not written yet, by device. */
	let moved = new Map<string, Moved>();
	const pending = new Set<Promise<unknown>>();
	const background = (work: Promise<unknown>): void => {
		const kept = work.catch(onFault).finally(() => pending.delete(kept));
		pending.add(kept);
	};

	/** Shared: a storm of answers must not become a storm of questions. */
	const readOrders = shared(async () => {
		const rows = await stopOrders(read);
		orders = new Map(rows.map(({ siteId, noticeId, standBy }) => [siteId, { noticeId, standByMs: +standBy }]));
		if (rows.length === 0) {
			poses.clear();
			told.clear();
		}
	});

	const direct = shared(async (by: string) => {
		const { events } = await orderMeasures(alarm, bureau, moderateHeavy, by, new Date(now()));
		feed.announce(events);
		await queueLinks(alarm, links, new Date(now()));
		await readOrders('orders');
	});

	const judge = shared(async () => {
		const at = new Date(now());
		const { judged, events } = await judgeExposures(alarm, at);
		judgedAt = at;
		feed.announce(events);
		const wet = new Set(judged.filter((one) => one.isModerateHeavy).map(({ site }) => site.id));
		const isNew = wet.size !== moderateHeavy.size || [...wet].some((id) => !moderateHeavy.has(id));
		moderateHeavy = wet;
		if (isNew) await direct('rain');
	});

	/** Warning signals lower the limits of machines in their towns, and their end restores them. */
	async function lowerLimits(): Promise<void> {
		const byTown = grouped(await signalsByTown(read), ({ townCode }) => townCode);
		await setSignals(
			Object.fromEntries(
				[...byTown].map(([town, own]) => [
					town,
					own.flatMap(({ kind, colour }) => (colour ? [{ signal: kind, colour }] : [])),
				]),
			),
		);
	}

	function listen(events: readonly EventMessage[]): void {
		pictures.heard(events);
		if (events.some(({ type }) => type === 'flood:signal')) background(lowerLimits());
		if (events.some(({ type }) => EDITING.has(type))) isEdited = true;
		const directing = events.find(({ type }) => DIRECTING.has(type));
		if (directing) background(direct(directing.type));
		else if (events.some(changesOrders)) background(readOrders('events'));
		for (const { type, data } of events)
			if (type === 'flood:receipt' && data['kind'] === 'stopped')
				for (const key of told) if (key.startsWith(`${String(data['noticeId'])}/`)) told.delete(key);
	}

	/** All that were caught meanwhile in one go: a gale of them must not become a gale of transactions. */
	const noteMoved = shared(async () => {
		const noting = moved;
		moved = new Map();
		if (noting.size === 0) return;
		try {
			feed.announce(await noteMovements(alarm, [...noting.values()], describe, new Date(now())));
		} catch (error) {
			// Noted with whatever is caught next.
			moved = new Map([...noting, ...moved]);
			throw error;
		}
	});

	function observe(rows: Parameters<FloodPart['observe']>[0]): void {
		if (orders.size === 0) return;
		for (const { device, atUs, values } of rows) {
			const { object } = device;
			const order = object?.kind === 'towerCrane' ? orders.get(object.siteId) : undefined;
			if (!order) continue;
			const pose = poseOf(atUs / 1000, values);
			const movement = movedAfterStop(order.standByMs, poses.get(device.id), pose, floodRules.movement);
			poses.set(device.id, pose);
			const key = `${order.noticeId}/${device.id}`;
			if (!movement || told.has(key)) continue;
			told.add(key);
			moved.set(device.id, { noticeId: order.noticeId, deviceId: device.id, objectNo: object!.no, movement });
		}
		if (moved.size > 0) background(noteMoved('moved'));
	}

	/** Exposure when it is due, and after an edit the orders too: a pit that was dug in the rain gets its lines. */
	async function tick(): Promise<void> {
		const wasEdited = isEdited;
		isEdited = false;
		try {
			const isEvent = (await openEvent(read)) !== null;
			if (!isExposureDue(new Date(now()), judgedAt, { isEdited: wasEdited, isEvent }, CLOCK)) return;
			await judge('clock');
			if (wasEdited && isEvent) await direct('edit');
		} catch (error) {
			isEdited ||= wasEdited;
			throw error;
		}
	}

	const stopListening = feed.listen(listen);
	await readOrders('orders');
	await lowerLimits();
	const timer = tickMs > 0 ? setInterval(() => background(tick()), tickMs) : undefined;
	timer?.unref();
	if (tickMs > 0) background(tick());

	return {
		observe,
		direct,
		judge: () => judge('by hand'),
		tick,
		pictures,
		async close() {
			clearInterval(timer);
			stopListening();
			await Promise.all(pending);
		},
	};
}

/** Orders were written or ended, or a site was cleared; an answer as such changes no order. */
function changesOrders({ type, data }: EventMessage): boolean {
	return type === 'flood:notice' || (type === 'flood:receipt' && data['kind'] === 'cleared');
}

/** Runs one at a time; whoever asks meanwhile shares the run after this one. */
function shared(work: (why: string) => Promise<void>): (why: string) => Promise<void> {
	let running: Promise<void> | undefined;
	let next: Promise<void> | undefined;
	const run = (why: string): Promise<void> => (running = work(why).finally(() => (running = undefined)));
	return (why) => {
		if (!running) return run(why);
		next ??= running
			.catch(() => undefined)
			.then(() => {
				next = undefined;
				return run(why);
			});
		return next;
	};
}

function poseOf(atMs: number, values: Record<string, unknown>): CranePose {
	const number = (name: string) => {
		const value = values[name];
		return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
	};
	return { atMs, hookM: number('hookHeightM'), radiusM: number('radiusM'), loadPercent: number('momentPercent') };
}
