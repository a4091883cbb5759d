// When operations must be looked at: readiness, backups, how long things are kept.

import type { Rule } from '#lib/domain/rule.ts';
import { assumed } from './provenance.ts';

export const readinessRules = {
	/** A probe of the database that takes longer counts as none. */
	probeWithin: assumed(1, 's', 'a page that waits longer is felt as broken'),
	/** Findings of the alarm engine that wait longer to be written mean that alarms come late. */
	outboxLag: assumed(10, 's', 'goal: device to screen in 2 s; five times that is a fault'),
	/** The loop of the process stood still for longer than this. */
	loopStall: assumed(1, 's', 'a stalled process answers nobody'),
	/** Difference between this machine's clock and the database's. */
	clockSkew: assumed(2, 's', 'order of readings of one crane, which reports once a second'),
	/** A backup must have been restored and counted within this time. */
	verifiedWithin: assumed(26, 'h', 'GB/T 22239-2019 8.1.4.9: restore tests; once a night and two hours of patience'),
};

export const backupRules = {
	/** Copies of the embedded database while it runs. */
	embeddedEvery: assumed(900, 's', 'goal: at most 15 minutes lost with the disk'),
	serverEvery: assumed(86_400, 's', 'nightly; between two nights the write-ahead archive of the server counts'),
	/** All copies of so many hours are kept, then the last of each day for so many days. */
	keepAllHours: assumed(24, 'h', 'a mistake of today is undone to the quarter of an hour'),
	keepDays: assumed(30, 'd', 'a mistake of this month is undone to the day'),
	/** Every copy may be good; one a night is restored and counted. */
	verifyEvery: assumed(86_400, 's', 'GB/T 22239-2019 8.1.4.9'),
	/** A dump of a server may take this long. */
	dumpWithin: assumed(4 * 3600, 's', 'a night'),
};

export const beaconRules = {
	/** Reports of browsers taken from one person or wall, and from all, in a minute. */
	perMinute: assumed(10, '', 'one page that fails in a loop tells as much with ten'),
	perMinuteInAll: assumed(600, '', 'sixty pages that all fail'),
	/** A report of memory counts this long; pages report every five minutes. */
	heapFor: assumed(900, 's', 'two missed reports'),
};

export const retentionRules = {
	/** Sessions that have ended, links that are used up. */
	sessionDays: assumed(180, 'd', 'GB/T 22239-2019 8.1.4.3 and 网络安全法: logs six months'),
	/** The audit trail is kept at least this long; nothing here ever shortens it. */
	auditDays: assumed(3 * 365, 'd', 'record of processing, three years'),
	/** Pictures of cameras beside events. */
	stillDays: assumed(180, 'd', 'as long as a rectification may take'),
	/** Photographs of findings, signs of danger and floods, and orders of flood events, once what they belong to is closed. */
	evidenceDays: {
		...{ value: 5 * 365, unit: 'd', confidence: 'reported' },
		source: '行政处罚法 (2021) 第三十六条: five years where life, health or safety of money is at stake',
	} satisfies Rule,
	/** Items of phones, remembered so that one sent twice is taken once; what they brought is kept where it belongs. */
	fieldItemDays: assumed(400, 'd', 'as the event log: a phone that lay in a drawer for a season'),
	/** Rows that go in one transaction, with one entry of the trail. */
	perBatch: assumed(200, '', 'a photograph has up to 10 MB: what one transaction rewrites stays below a few seconds'),
	/** Batches of one kind in a run of the housekeeping; the next run goes on. */
	batchesInARun: assumed(50, '', 'ten thousand of a kind in six hours are more than come in'),
};

export const upkeepRules = {
	/** Nobody but us writes checkpoints in the embedded engine: without them its log grows for ever. */
	checkpointEvery: assumed(300, 's', 'as PostgreSQL does by itself on a server (checkpoint_timeout)'),
	/** Nor does anybody vacuum. */
	vacuumEvery: assumed(3600, 's', 'tables that change with every reading stay small'),
};
