// Joins this process to the others on its database, with Redis to wake them where there is one. On the embedded
// database there are no others.

import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Databases } from '../db/connection.ts';
import type { LivePart } from '../live/live-part.ts';
import type { Io } from '../sockets/io.ts';
import { joinCluster, type Cluster } from './cluster.ts';
import type { SeatWish } from './seat.ts';
import type { Waker } from './wake.ts';

export interface Company {
	id: string;
	seat: SeatWish;
	/** Undefined on the embedded database. */
	cluster?: Cluster;
	shares(): boolean;
	/** When everything stored before was heard of, ms; now while nobody else stores anything. */
	heardUpTo(): number;
	/** Called after this process wrote events, or stored readings that others follow. */
	tell(what: 'events' | 'readings'): void;
	redis(): 'none' | 'up' | 'down';
	/** Begins to follow the others. */
	follow(live: LivePart): void;
	close(): Promise<void>;
}

export async function startCompany(
	{ ROLE, REDIS_URL }: Pick<Config, 'ROLE' | 'REDIS_URL'>,
	{ tier, alarm }: Pick<Databases, 'tier' | 'alarm'>,
	io: Io,
	onFault: (error: unknown) => void,
): Promise<Company> {
	const id = randomUUID();
	if (tier === 'embedded') {
		return {
			id,
			seat: { id, isAlone: true },
			shares: () => false,
			heardUpTo: Date.now,
			tell: () => undefined,
			redis: () => 'none',
			follow: () => undefined,
			close: () => Promise.resolve(),
		};
	}
	const cluster = await joinCluster({ id, role: ROLE, db: alarm, onFault });
	let live: LivePart | undefined;
	let waker: Waker | undefined;
	let stopRooms: () => void = () => undefined;
	if (REDIS_URL) {
		// Its client is a third of all files of a start: read only where there is a Redis.
		const [{ openWaker }, { shareRooms }] = await Promise.all([import('./wake.ts'), import('./shared-rooms.ts')]);
		waker = await openWaker(
			REDIS_URL,
			(what) => (what === 'events' ? void live?.feed.catchUp() : cluster.nudge()),
			onFault,
		);
		stopRooms = await shareRooms(io, REDIS_URL, onFault);
	}
	return {
		id,
		seat: { id, isReluctant: ROLE === 'web' },
		cluster,
		shares: () => cluster.shares(),
		heardUpTo: () => cluster.followedMs(),
		tell(what) {
			if (what === 'readings') cluster.nudge();
			waker?.tell(what);
		},
		redis: () => (waker ? (waker.isUp() ? 'up' : 'down') : 'none'),
		follow(part) {
			live = part;
			cluster.follow(
				(rows) => part.observeShared(rows),
				() => void part.catchUp().catch(onFault),
			);
		},
		async close() {
			stopRooms();
			await waker?.close();
			await cluster.stop();
		},
	};
}
