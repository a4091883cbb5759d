// When storage must be helped, slowed or stopped: the disk, the embedded engine, and how long anything may wait.

import type { Rule } from '#lib/domain/rule.ts';
import { assumed } from './provenance.ts';

export const storageRules = {
	/** Share of the disk in use at which an operator is warned; reached. */
	diskWarn: assumed(0.85, '1', 'Operations practice; leaves days at the rate of one district'),
	/** Share of the disk in use at which nothing more is accepted; reached. A full disk stops the engine for good. */
	diskStop: assumed(0.95, '1', 'Operations practice; PostgreSQL needs room for its log to recover'),

	/** Room a new embedded database needs before it is begun: one that is cut off half-made is of no use. */
	roomToBegin: assumed(
		200 * 1024 * 1024,
		'B',
		'Measured: a new cluster takes 60 MB, with the demonstration district 150 MB',
	),

	/** Swallowed errors after which the embedded engine is opened anew. */
	swallowedLimit: {
		value: 50,
		unit: '1',
		source: 'Measured: PGlite 0.5.8 with PostGIS fails every statement after 1,083 swallowed errors; a twentieth of it',
		confidence: 'verified',
	} satisfies Rule,
	/** How long the embedded engine stays open after its last client left, so that the next one finds it warm. */
	engineLinger: assumed(3, 's', 'Between two commands a person types'),
	/** How long a clean end of the embedded engine may take. */
	engineClose: assumed(20, 's', 'Checkpoint of the largest advised database on a slow disk'),
	/** Openings in a row that may fail before the embedded engine gives up. */
	engineAttempts: assumed(3, '1', 'A second attempt heals a passing fault; a third tells damage from chance'),

	/** Tables above this size are not read through at a start: it would hold up everybody else. */
	probeBytes: assumed(64 * 1024 * 1024, 'B', 'Half a second on the slowest advised disk'),
	/** How often the program notes how many rows the tables that only grow hold. */
	floorsEvery: assumed(600, 's', 'A crash loses ten minutes of this knowledge, never data'),

	/** How long opening a connection or waiting for a free one may take. */
	connect: assumed(3, 's', 'No request may wait longer than 8 s in all when the server is out of reach'),
	/** Deadline of a statement that a page or an alarm waits for. */
	statement: assumed(5, 's', 'No request may wait longer than 8 s in all when the server is out of reach'),
	/** Deadline of a statement that stores: batches of readings, imports, the demonstration district. */
	storing: assumed(30, 's', 'The largest import batch on the slowest advised machine, with a margin'),
	/** Deadline of one statement of a migration. */
	migrating: assumed(600, 's', 'Rewriting the largest table of one district'),
	/** How much later than the statement's own deadline a client stops waiting for the answer. */
	answerMargin: assumed(2.5, 's', 'Above the time a cancelled statement takes to report'),
	/** How long a transaction may stand idle before it is undone; it may block everybody. */
	idleInTransaction: assumed(30, 's', 'A program that holds a transaction for longer has lost it'),
	/** How far a read replica may be behind and still be asked; reached. */
	replicaLag: assumed(10, 's', 'Two reports of the slowest crane; no curve of hours looks different by it'),
	/** How often it is asked how far it is. */
	replicaAsk: assumed(1, 's', 'Far below the lag that is let pass'),
	/** How long an answer that must hold everything waits for the replica before the primary gives it. */
	replicaWait: assumed(1, 's', 'A file of a whole list takes seconds by itself'),
	/** How long a statement waits for a lock. */
	lock: assumed(4, 's', 'Below the deadline of a statement, so that the reason is told'),
};
