// Several processes on one database: how fast a lost one is noticed.

import type { Rule } from '#lib/domain/rule.ts';

const seconds = (value: number, source: string): Rule => ({ value, unit: 's', source, confidence: 'assumed' });

const GAP = 'goal: when a process is lost another judges within 5 s';

export const clusterRules = {
	/** A process says this often that it lives, and holds on to what it holds. */
	beatEvery: seconds(1, GAP),
	/** The right to judge ends by itself this long after it was last confirmed. */
	leaseFor: seconds(3, GAP),
	/** Who does not judge looks this often whether the seat is free. */
	lookEvery: seconds(0.5, GAP),
	/** A process that only serves pages leaves the seat to others for this long before it takes it. */
	webWaits: seconds(5, 'judging belongs to the processes that take readings in; better here than nowhere'),
	/** Without a beat for this long a process counts as gone. */
	goneAfter: seconds(10, 'ten beats'),
	/** What others stored is looked for this often when nobody wakes us. */
	feedEvery: seconds(0.25, 'goal: device to screen in 1 s at the 95th percentile'),
	/** What was stored is kept for others this long; who was away for longer reads the newest readings instead. */
	feedKeeps: seconds(120, 'longer than any pause a process outlives'),
	/** On the embedded database nobody competes; this is only how often it is noted how far was judged. */
	aloneEvery: seconds(10, 'one small commit'),
	/** How far back a new judge judges again what the last one may not have come to. */
	replayMargin: seconds(2, 'longer than a commit takes'),
	/** Readings that waited longer than this for a judge are history. */
	replayMost: seconds(300, 'an alarm later than this says what was, not what is'),
};
