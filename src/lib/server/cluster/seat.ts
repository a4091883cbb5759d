// Who judges. Of all processes on one database exactly one sits on the seat and writes alarms; the others look on and
// take over when it is gone. The seat has a number that grows with every holder, and every write of a judge asks for
// it inside its own transaction: one that was frozen and comes back is turned away.

import { performance } from 'node:perf_hooks';
import { clusterRules } from '#db/rules/cluster.ts';
import type { Db } from '../db/connection.ts';
import { isSeated, keepSeat, leaveSeat, takeSeat, type Seat } from '../repositories/lease.ts';

/** The seat was lost; what was to be written belongs to another judge now. */
export class Unseated extends Error {
	override readonly name = 'Unseated';
}

export interface SeatWish {
	/** Of this process. */
	id: string;
	/** Takes the seat only when nobody else wants it. */
	isReluctant?: boolean;
	/** Nobody can compete: the database belongs to this process. */
	isAlone?: boolean;
}

export interface SeatParts extends SeatWish {
	db: Db;
	/** Takes up the work; the seat is kept meanwhile. */
	onSit: (seat: Seat, guard: (tx: Db) => Promise<void>) => Promise<void>;
	onStand: () => void;
	/** Up to which moment everything stored is judged and written; null while that cannot be said. */
	judgedUpTo: () => Date | null;
	onFault: (error: unknown) => void;
}

export interface SeatKeeper {
	isSeated(): boolean;
	/** Looks once, now. */
	look(): Promise<void>;
	/** Gives the seat back, so that another takes it at once. */
	stop(): Promise<void>;
}

const SEAT = 'engine';
const { leaseFor, lookEvery, beatEvery, webWaits, aloneEvery } = clusterRules;

export function keepSeatFor(parts: SeatParts): SeatKeeper {
	const { db, id, isAlone = false, isReluctant = false } = parts;
	const forS = isAlone ? aloneEvery.value * 3 : leaseFor.value;
	let epoch: string | undefined;
	let keptMs = 0;
	let timer: NodeJS.Timeout | undefined;
	let looking: Promise<void> | undefined;
	let isStopped = false;

	const guardOf =
		(mine: string) =>
		async (tx: Db): Promise<void> => {
			if (!(await isSeated(tx, SEAT, id, mine))) throw new Unseated('Another process judges now.');
		};

	function stand(): void {
		if (epoch === undefined) return;
		epoch = undefined;
		parts.onStand();
	}

	async function lookOnce(): Promise<void> {
		const askedMs = performance.now();
		try {
			if (epoch === undefined) {
				const freeForS = isReluctant ? webWaits.value : 0;
				const seat = await takeSeat(db, SEAT, id, forS, { freeForS, isAlone });
				if (!seat || isStopped) return;
				epoch = seat.epoch;
				keptMs = askedMs;
				const mine = seat.epoch;
				parts.onSit(seat, guardOf(mine)).catch((error: unknown) => {
					parts.onFault(error);
					if (epoch === mine) stand();
				});
			} else if (await keepSeat(db, SEAT, id, epoch, forS, parts.judgedUpTo())) keptMs = askedMs;
			else stand();
		} catch (error) {
			parts.onFault(error);
			// Out of reach for longer than the seat lasts: somebody else may sit on it.
			if (!isAlone && epoch !== undefined && performance.now() - keptMs > forS * 1000) stand();
		}
	}

	function look(): Promise<void> {
		clearTimeout(timer);
		looking ??= lookOnce().finally(() => {
			looking = undefined;
			if (isStopped) return;
			const everyS = isAlone ? aloneEvery.value : epoch === undefined ? lookEvery.value : beatEvery.value;
			timer = setTimeout(() => void look(), everyS * 1000).unref();
		});
		return looking;
	}

	return {
		isSeated: () => epoch !== undefined,
		look,
		async stop() {
			isStopped = true;
			clearTimeout(timer);
			await looking;
			if (epoch === undefined) return;
			const mine = epoch;
			epoch = undefined;
			await leaveSeat(db, SEAT, id, mine, parts.judgedUpTo()).catch(parts.onFault);
		},
	};
}
