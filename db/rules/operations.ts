// When operations must be looked at: readiness, backups, how long things are kept.

import type { Rule } from '#lib/domain/rule.ts';

const ours = (value: number, unit: string, source: string): Rule => ({ value, unit, source, confidence: 'assumed' });

export const readinessRules = {
	/** A probe of the database that takes longer counts as none. */
	probeWithin: ours(1, 's', 'a page that waits longer is felt as broken'),
	/** Findings of the alarm engine that wait longer to be written mean that alarms come late. */
	outboxLag: ours(10, 's', 'goal: device to screen in 2 s; five times that is a fault'),
	/** The loop of the process stood still for longer than this. */
	loopStall: ours(1, 's', 'a stalled process answers nobody'),
	/** Difference between this machine's clock and the database's. */
	clockSkew: ours(2, 's', 'order of readings of one crane, which reports once a second'),
	/** A backup must have been restored and counted within this time. */
	verifiedWithin: ours(26, 'h', 'GB/T 22239-2019 8.1.4.9: restore tests; once a night and two hours of patience'),
};

export const backupRules = {
	/** Copies of the embedded database while it runs. */
	embeddedEvery: ours(900, 's', 'goal: at most 15 minutes lost with the disk'),
	serverEvery: ours(86_400, 's', 'nightly; between two nights the write-ahead archive of the server counts'),
	/** All copies of so many hours are kept, then the last of each day for so many days. */
	keepAllHours: ours(24, 'h', 'a mistake of today is undone to the quarter of an hour'),
	keepDays: ours(30, 'd', 'a mistake of this month is undone to the day'),
	/** Every copy may be good; one a night is restored and counted. */
	verifyEvery: ours(86_400, 's', 'GB/T 22239-2019 8.1.4.9'),
	/** A dump of a server may take this long. */
	dumpWithin: ours(4 * 3600, 's', 'a night'),
};

export const beaconRules = {
	/** Reports of browsers taken from one person or wall, and from all, in a minute. */
	perMinute: ours(10, '', 'one page that fails in a loop tells as much with ten'),
	perMinuteInAll: ours(600, '', 'sixty pages that all fail'),
	/** A report of memory counts this long; pages report every five minutes. */
	heapFor: ours(900, 's', 'two missed reports'),
};

export const retentionRules = {
	/** Sessions that have ended, links that are used up. */
	sessionDays: ours(180, 'd', 'GB/T 22239-2019 8.1.4.3 and 网络安全法: logs six months'),
	/** The audit trail is kept at least this long; nothing here ever shortens it. */
	auditDays: ours(3 * 365, 'd', 'record of processing, three years'),
	/** Pictures of cameras beside events. */
	stillDays: ours(180, 'd', 'as long as a rectification may take'),
	/** Photographs of findings, signs of danger and floods, and orders of flood events, once what they belong to is closed. */
	evidenceDays: {
		...{ value: 5 * 365, unit: 'd', confidence: 'reported' },
		source: '行政处罚法 (2021) 第三十六条: five years where life, health or safety of money is at stake',
	} satisfies Rule,
	/** Items of phones, remembered so that one sent twice is taken once; what they brought is kept where it belongs. */
	fieldItemDays: ours(400, 'd', 'as the event log: a phone that lay in a drawer for a season'),
	/** Rows that go in one transaction, with one entry of the trail. */
	perBatch: ours(200, '', 'a photograph has up to 10 MB: what one transaction rewrites stays below a few seconds'),
	/** Batches of one kind in a run of the housekeeping; the next run goes on. */
	batchesInARun: ours(50, '', 'ten thousand of a kind in six hours are more than come in'),
};

export const upkeepRules = {
	/** Nobody but us writes checkpoints in the embedded engine: without them its log grows for ever. */
	checkpointEvery: ours(300, 's', 'as PostgreSQL does by itself on a server (checkpoint_timeout)'),
	/** Nor does anybody vacuum. */
	vacuumEvery: ours(3600, 's', 'tables that change with every reading stay small'),
};
