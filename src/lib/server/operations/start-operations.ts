// What keeps the product well while it runs: watches over disk and loop, upkeep of the embedded engine, backups,
// partitions ahead and data that has reached its age; and the answer to “are you ready”.

import type { Rule } from '#lib/domain/rule.ts';
import { eventRules } from '#db/rules/event.ts';
import { retentionRules } from '#db/rules/operations.ts';
import { startBackups, type Backups } from '../backup/schedule.ts';
import type { Company } from '../cluster/start-cluster.ts';
import type { Config } from '../config.ts';
import type { Databases } from '../db/connection.ts';
import { watchDisk, type DiskWatch } from '../db/disk.ts';
import { readAllPages } from '../db/engine/probe.ts';
import { startUpkeep } from '../db/engine/upkeep.ts';
import { Fault } from '../errors.ts';
import { trimEvents } from '../events/log.ts';
import { dropAgedThings } from '../jobs/drop-aged.ts';
import type { Partitions } from '../ingest/partitions.ts';
import type { LivePart } from '../live/live-part.ts';
import { forgetOldSessions } from '../repositories/session.ts';
import { watchLoop, type LoopWatch } from './loop-watch.ts';
import { check, readinessMaker, type ReadinessMaker } from './readiness.ts';

/** What housekeeping needs of it all. */
export type HouseParts = Pick<OperationsParts, 'databases' | 'partitions' | 'isClosing' | 'now'> & {
	live: Pick<LivePart, 'isJudge'>;
};

export interface OperationsParts {
	config: Config;
	databases: Databases;
	partitions: Partitions;
	live: LivePart;
	company: Company;
	/** What keeps a way in from working, in sentences. */
	problems: () => readonly string[];
	disk: DiskWatch | undefined;
	isClosing: () => boolean;
	onFault: (error: unknown) => void;
	now: () => number;
}

export interface Operations {
	readiness: ReadinessMaker;
	loop: LoopWatch;
	disk: DiskWatch | undefined;
	backups: Backups;
	stop(): Promise<void>;
}

const HOUSEKEEPING_EVERY_MS = 6 * 3600 * 1000;
const DAY_MS = 86_400_000;

/** On the embedded database the disk is ours to watch: when it is full the engine cannot go on. */
export async function openDiskWatch(
	{ tier }: Pick<Databases, 'tier'>,
	folder: string,
	onFault: (error: unknown) => void,
): Promise<DiskWatch | undefined> {
	if (tier !== 'embedded') return undefined;
	return watchDisk(folder, ({ state, used }) => {
		if (state !== 'ok') onFault(new Error(`The disk is ${(used * 100).toFixed(0)} % full (${state}).`));
	});
}

/** Why nothing is stored while the disk is nearly full. */
export function diskRefusal(disk: DiskWatch | undefined): Fault | undefined {
	if (!disk || disk.accepts()) return undefined;
	return new Fault(
		'disk-full',
		'telemetry',
		'磁盘将满，读数未保存，请稍后重发 · The disk is nearly full; the readings were not stored.',
	);
}

export function startOperations(parts: OperationsParts): Operations {
	const { config, databases, live, company, disk, onFault, now } = parts;
	const loop = watchLoop();
	const isEmbedded = databases.tier === 'embedded';
	const upkeep = isEmbedded ? startUpkeep(databases.ingest, onFault) : undefined;
	let broken: readonly string[] = [];
	if (isEmbedded) readAllPages(databases.read).then((found) => (broken = found), onFault);

	const readiness = readinessMaker({
		databases,
		live,
		company,
		role: config.ROLE,
		...(disk ? { disk } : {}),
		loop,
		brokenPages: () => broken,
		more: () => parts.problems().map((problem) => check('way-in', false, false, problem)),
		isClosing: parts.isClosing,
		now,
	});
	const backups = startBackups({
		databases,
		dataDir: config.DATA_DIR,
		url: config.DATABASE_OWNER_URL || config.DATABASE_URL,
		folder: config.BACKUP_DIR || `${config.DATA_DIR}/backups`,
		isOurs: () => live.isJudge(),
		...(upkeep ? { pause: upkeep.pause } : {}),
		onFault,
		now,
	});
	const housekeeping = setInterval(() => void keepHouse(parts).catch(onFault), HOUSEKEEPING_EVERY_MS);

	return {
		readiness,
		loop,
		disk,
		backups,
		async stop() {
			clearInterval(housekeeping);
			readiness.stop();
			loop.stop();
			disk?.stop();
			await backups.stop();
			upkeep?.stop();
		},
	};
}

/**
 * Partitions of the coming days; what has reached its age goes: events, sessions, pictures and papers. Only the judge takes
 * away, so that one does it. Readings are thinned and dropped by `jobs/thin-readings.ts`.
 */
export async function keepHouse({ databases, partitions, live, isClosing, now }: HouseParts): Promise<void> {
	await partitions.ensureAhead(now());
	if (!live.isJudge()) return;
	const before = (days: Rule): Date => new Date(now() - days.value * DAY_MS);
	await trimEvents(databases.alarm, before(eventRules.keepDays));
	await forgetOldSessions(databases.alarm, before(retentionRules.sessionDays));
	await dropAgedThings(databases.alarm, new Date(now()), () => live.isJudge() && !isClosing());
}
