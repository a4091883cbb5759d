// What goes out to screens and who is sent away: annunciations, replays, refusals, walls, reports of browsers.

import { Counter, Gauge, type Registry } from 'prom-client';
import { isAnnunciation } from '../alarms/annunciation.ts';
import type { Databases } from '../db/connection.ts';
import { refusals } from '../doors/refusals.ts';
import type { LivePart } from '../live/live-part.ts';
import { listWalls } from '../repositories/wall.ts';
import type { Hub } from '../sockets/hub.ts';
import type { Beacons } from './beacons.ts';

export interface DoorsMeasured {
	databases: Databases;
	live: LivePart;
	hub: Hub;
	beacons: Beacons;
}

export function measureDoors(
	{ databases, live, hub, beacons }: DoorsMeasured,
	counted: (name: string, help: string, value: () => number) => void,
	registers: Registry[],
): void {
	let annunciated = 0;
	live.feed.listen((events) => (annunciated += events.filter(isAnnunciation).length));
	counted('annunciations_total', 'Alarms and incidents that began to ask for a person', () => annunciated);
	counted('replay_events_total', 'Events told again to browsers that had missed them', () => hub.replayed());

	new Counter({
		name: 'door_refusals_total',
		help: 'Requests, connections and messages sent away, by door and reason',
		labelNames: ['door', 'reason'],
		registers,
		collect() {
			this.reset();
			for (const [key, count] of refusals()) {
				const [door, reason] = key.split(' ') as [string, string];
				this.inc({ door, reason }, count);
			}
		},
	});
	new Gauge({
		name: 'wall_last_seen_seconds',
		help: 'Since a paired wall last asked for anything, by its name',
		labelNames: ['wall'],
		registers,
		async collect() {
			this.reset();
			const walls = await listWalls(databases.read).catch(() => []);
			for (const { name, seenAt, revokedAt } of walls)
				if (seenAt && !revokedAt) this.set({ wall: name }, (Date.now() - seenAt.getTime()) / 1000);
		},
	});
	new Counter({
		name: 'browser_reports_total',
		help: 'What browsers reported of themselves; dropped: too many to be looked at',
		labelNames: ['kind'],
		registers,
		collect() {
			this.reset();
			for (const [kind, count] of Object.entries(beacons.counts())) this.inc({ kind }, count);
		},
	});
	new Gauge({
		name: 'browser_heap_mb',
		help: 'Megabytes of the largest page that reported of late; not there while none does',
		registers,
		collect() {
			this.reset();
			const largest = beacons.largestHeapMb();
			if (largest === undefined) this.remove();
			else this.set(largest);
		},
	});
}
