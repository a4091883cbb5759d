// This process among others on the same database: says that it lives, knows who else does, and hands on what others
// have stored. As long as it is alone nothing is shared and nothing is looked for.

import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { clusterRules } from '#db/rules/cluster.ts';
import type { Db } from '../db/connection.ts';
import { birthOf, hasEnded } from '../db/process-start.ts';
import { beat, forgetGone, forgetProcess, peersOf, type ProcessRow } from '../repositories/process.ts';
import {
	batchesSince,
	snapshotNow,
	trimBatches,
	type SharedRow,
	type Snapshot,
} from '../repositories/reading-batch.ts';

export interface ClusterParts {
	id: string;
	role: ProcessRow['role'];
	/** For beats and looking; its deadline must be short. */
	db: Db;
	onFault: (error: unknown) => void;
}

export interface Cluster {
	readonly id: string;
	readonly role: ProcessRow['role'];
	/** Whether what is stored from now on must be told to others. */
	shares(): boolean;
	peers(): readonly ProcessRow[];
	/** Begins to hand on, from the moment the cluster was joined. `onMissed`: away for too long to be told everything. */
	follow(onRows: (rows: SharedRow[]) => void, onMissed: () => void): void;
	/** Looks at once: this or another process has just stored something. */
	nudge(): void;
	/** When everything stored before was last handed on, ms. */
	followedMs(): number;
	stop(): Promise<void>;
}

const { beatEvery, goneAfter, feedEvery, feedKeeps } = clusterRules;

/** Joins: returns when every other process shares what it stores. */
export async function joinCluster({ id, role, db, onFault }: ClusterParts): Promise<Cluster> {
	const own: ProcessRow = { id, role, host: hostname(), pid: process.pid, birth: birthOf() };
	let isSharing = false;
	let others: Awaited<ReturnType<typeof peersOf>> = [];
	let snapshot: Snapshot | undefined;
	let lookedMs = Date.now();
	let isStopped = false;
	let onRows: ((rows: SharedRow[]) => void) | undefined;
	let onMissed: (() => void) | undefined;
	let looking: Promise<void> | undefined;
	let isWanted = false;

	async function beatOnce(): Promise<void> {
		await beat(db, own, isSharing);
		const seen = await peersOf(db, id, goneAfter.value);
		// Who was killed on this machine answers no more: nobody waits for them until their time has run out.
		others = seen.filter(({ pid, birth }) => !hasEnded(pid, birth));
		if (others.length === 0 || isSharing) return;
		// First where reading begins, then the promise to tell.
		snapshot = await snapshotNow(db);
		lookedMs = Date.now();
		isSharing = true;
		await beat(db, own, true);
	}

	async function lookOnce(): Promise<void> {
		if (!snapshot || !onRows) return;
		const startedMs = Date.now();
		if (startedMs - lookedMs > (feedKeeps.value * 1000) / 2) {
			snapshot = await snapshotNow(db);
			lookedMs = startedMs;
			return onMissed?.();
		}
		const found = await batchesSince(db, snapshot);
		snapshot = found.snapshot;
		lookedMs = startedMs;
		if (found.rows.length > 0) onRows(found.rows);
	}

	function look(): void {
		isWanted = true;
		looking ??= (async () => {
			while (isWanted && !isStopped) {
				isWanted = false;
				await lookOnce();
			}
		})()
			.catch(onFault)
			.finally(() => (looking = undefined));
	}

	await beatOnce();
	for (let waitedS = 0; waitedS < goneAfter.value && others.some(({ shares }) => !shares); waitedS += 0.2) {
		await sleep(200);
		await beatOnce();
	}
	await forgetGone(db, goneAfter.value);

	let beating: Promise<void> | undefined;
	let beats = 0;
	const timers = [
		setInterval(() => {
			beating ??= beatOnce()
				.then(() => (isSharing && ++beats % 30 === 0 ? trimBatches(db, feedKeeps.value) : undefined))
				.catch(onFault)
				.finally(() => (beating = undefined));
		}, beatEvery.value * 1000),
		setInterval(look, feedEvery.value * 1000),
	];

	return {
		id,
		role,
		shares: () => isSharing,
		peers: () => others,
		follow(rows, missed) {
			onRows = rows;
			onMissed = missed;
			look();
		},
		nudge: look,
		followedMs: () => (isSharing ? lookedMs : Date.now()),
		async stop() {
			isStopped = true;
			timers.forEach(clearInterval);
			await Promise.all([beating, looking]);
			await forgetProcess(db, id).catch(onFault);
		},
	};
}
