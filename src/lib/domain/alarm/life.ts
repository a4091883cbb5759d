// The life of one alarm: whether its condition holds, and how far people have got with it. Pure: what happens and what
// people do are arguments, the next state or a refusal is the answer. The database holds the same table (migration 0025).

import type { Rule } from '../rule.ts';
import type { AlarmLevel } from './condition.ts';

export const HANDLINGS = ['new', 'acknowledged', 'assigned', 'verified', 'closed'] as const;

/**
 * - `new`: nobody has taken notice, or it came back worse since somebody did
 * - `acknowledged`: somebody has taken notice
 * - `assigned`: somebody has it in hand
 * - `verified`: somebody else than who had it in hand has seen that it is over
 * - `closed`: done; what is closed stays closed, a new occurrence is a new alarm
 */
export type Handling = (typeof HANDLINGS)[number];

export interface Who {
	id: string;
	name: string;
}

/** Put aside for a while. Danger needs a second person; until then it is `asked` and the alarm speaks on. */
export interface Shelf {
	state: 'asked' | 'on';
	by: Who;
	second: Who | null;
	reason: string;
	atMs: number;
	untilMs: number;
	/** The gravest level it was shelved at; a worse one brings it back. */
	level: AlarmLevel;
}

export interface Life {
	/** The condition holds; else it is over. */
	isActive: boolean;
	handling: Handling;
	/** Now, or when it was over. */
	level: AlarmLevel;
	/** Gravest since it began. */
	worst: AlarmLevel;
	/** Times it was over and came back. */
	flaps: number;
	/** What somebody took notice of; a graver level is news again. */
	acknowledgedLevel: AlarmLevel | null;
	acknowledgedBy: Who | null;
	assignee: Who | null;
	promisedMs: number | null;
	verifiedBy: Who | null;
	shelf: Shelf | null;
	/** The alarm of the gateway, site power or network that explains this one. */
	suppressedBy: string | null;
	/** Its device is taken out of service for maintenance. */
	isOutOfService: boolean;
}

export interface LifeRules {
	/** Seconds an alarm that is over waits for coming back as the same one. Below danger it then closes by itself. */
	linger: Rule;
	/** Hours on the shelf when nothing is said, and at most. */
	shelfDefault: Rule;
	shelfMost: Rule;
	/** Minutes in which a person may take back their own last move. */
	undoWithin: Rule;
}

const RANK: Record<AlarmLevel, number> = { notice: 0, warning: 1, danger: 2 };

export function isGraver(level: AlarmLevel, than: AlarmLevel): boolean {
	return RANK[level] > RANK[than];
}

export function bornAlarm(level: AlarmLevel): Life {
	return {
		isActive: true,
		handling: 'new',
		level,
		worst: level,
		flaps: 0,
		acknowledgedLevel: null,
		acknowledgedBy: null,
		assignee: null,
		promisedMs: null,
		verifiedBy: null,
		shelf: null,
		suppressedBy: null,
		isOutOfService: false,
	};
}

/** Why an alarm is kept quiet, whatever its handling; null: it is not. */
export function quietBecause(
	life: Pick<Life, 'shelf' | 'suppressedBy' | 'isOutOfService'>,
): 'suppressed' | 'outOfService' | 'shelved' | null {
	if (life.suppressedBy !== null) return 'suppressed';
	if (life.isOutOfService) return 'outOfService';
	return life.shelf?.state === 'on' ? 'shelved' : null;
}

/** Danger that holds and is not yet shelved by two people: its device is not taken out of service by one alone. */
export function needsSecond({ isActive, worst, shelf }: Pick<Life, 'isActive' | 'worst' | 'shelf'>): boolean {
	return isActive && worst === 'danger' && shelf?.state !== 'on';
}

/** Asks for a person now: nobody has taken notice and nothing keeps it quiet. */
export function speaks(life: Life): boolean {
	return life.handling === 'new' && quietBecause(life) === null;
}

/** What the engine or the clock does to an alarm. */
export type Happening =
	/** The condition holds (again), after having been over for so long. */
	| { kind: 'raised'; level: AlarmLevel; calmMs: number }
	/** It holds on, at this level. */
	| { kind: 'changed'; level: AlarmLevel }
	| { kind: 'cleared' }
	/** The same again, as grave as before: another sign of danger at the same pit. */
	| { kind: 'recurred' }
	/** It has been over for the lingering time. */
	| { kind: 'lingered' }
	| { kind: 'shelfExpired' }
	| { kind: 'suppressed'; by: string }
	| { kind: 'released' }
	| { kind: 'outOfService'; on: boolean };

/** The state after something happened. What is closed is not touched by anything. */
export function happen(life: Life, happening: Happening, rules: LifeRules): Life {
	if (life.handling === 'closed') return life;
	switch (happening.kind) {
		case 'raised': {
			const isSame = life.isActive || happening.calmMs <= rules.linger.value * 1000;
			const back = { ...life, isActive: true, flaps: life.flaps + (life.isActive ? 0 : 1) };
			return atLevel(isSame ? back : asNew(back), happening.level);
		}
		case 'changed':
			return atLevel(life, happening.level);
		case 'cleared':
			return { ...life, isActive: false, suppressedBy: null };
		case 'recurred':
			return asNew({ ...life, shelf: null });
		case 'lingered':
			return endsByItself(life) ? { ...life, handling: 'closed' } : life;
		case 'shelfExpired': {
			const back = { ...life, shelf: null };
			if (endsByItself(back)) return { ...back, handling: 'closed' };
			return life.shelf?.state === 'on' && life.isActive ? asNew(back) : back;
		}
		case 'suppressed':
			return { ...life, suppressedBy: happening.by };
		case 'released':
			return { ...life, suppressedBy: null };
		case 'outOfService':
			return { ...life, isOutOfService: happening.on };
	}
}

/** A worse occurrence of what somebody took notice of, or put aside, is news again. */
function atLevel(life: Life, level: AlarmLevel): Life {
	const worst = isGraver(level, life.worst) ? level : life.worst;
	const shelf = life.shelf && isGraver(level, life.shelf.level) ? null : life.shelf;
	const next = { ...life, level, worst, shelf };
	const isWorse = life.acknowledgedLevel !== null && isGraver(level, life.acknowledgedLevel);
	return isWorse || life.handling === 'verified' ? asNew(next) : next;
}

/** Who has it in hand keeps it. */
function asNew(life: Life): Life {
	return { ...life, handling: 'new', acknowledgedLevel: null, acknowledgedBy: null, verifiedBy: null };
}

/** Over, never danger, nobody bound by it: nothing is left for a person to do. */
export function endsByItself(life: Life): boolean {
	const isFree = life.handling === 'new' || life.handling === 'acknowledged';
	return !life.isActive && life.worst !== 'danger' && isFree && life.assignee === null && life.shelf === null;
}

/** What a person does to an alarm. */
export type Deed =
	| { kind: 'acknowledge'; by: Who }
	| { kind: 'assign'; by: Who; to: Who; promisedMs: number | null }
	| { kind: 'verify'; by: Who }
	| { kind: 'close'; by: Who }
	| { kind: 'shelve'; by: Who; reason: string; atMs: number; untilMs: number }
	| { kind: 'confirmShelf'; by: Who; atMs: number }
	| { kind: 'unshelve'; by: Who };
export type DeedKind = Deed['kind'];

/** Why a move is not possible. */
export type LifeRefusal =
	| 'closed'
	| 'already-acknowledged'
	| 'still-active'
	| 'not-taken'
	| 'not-verified'
	| 'already-verified'
	| 'own-work'
	| 'already-shelved'
	| 'not-shelved'
	| 'no-reason'
	| 'shelf-too-long'
	| 'second-person';

export type Moved = { ok: true; life: Life } | { ok: false; reason: LifeRefusal };

const no = (reason: LifeRefusal): Moved => ({ ok: false, reason });
const yes = (life: Life): Moved => ({ ok: true, life });

/** The state after a person's move, or why it may not be made. Who may at all is not asked here. */
export function move(life: Life, deed: Deed, rules: LifeRules): Moved {
	if (life.handling === 'closed') return no('closed');
	switch (deed.kind) {
		case 'acknowledge': {
			if (life.handling !== 'new') return no('already-acknowledged');
			const handling = life.assignee ? 'assigned' : 'acknowledged';
			return yes({ ...life, handling, acknowledgedLevel: life.level, acknowledgedBy: deed.by });
		}
		case 'assign': {
			if (life.handling === 'verified') return no('already-verified');
			const taken = life.handling === 'new' ? { acknowledgedLevel: life.level, acknowledgedBy: deed.by } : {};
			return yes({ ...life, ...taken, handling: 'assigned', assignee: deed.to, promisedMs: deed.promisedMs });
		}
		case 'verify':
			if (life.handling === 'new') return no('not-taken');
			if (life.handling === 'verified') return no('already-verified');
			if (life.isActive) return no('still-active');
			if (life.assignee?.id === deed.by.id) return no('own-work');
			return yes({ ...life, handling: 'verified', verifiedBy: deed.by });
		case 'close':
			if (life.isActive) return no('still-active');
			if (life.handling === 'new') return no('not-taken');
			if (life.handling !== 'verified' && (life.worst === 'danger' || life.handling === 'assigned'))
				return no('not-verified');
			return yes({ ...life, handling: 'closed', shelf: null });
		case 'shelve':
			return shelved(life, deed, rules);
		case 'confirmShelf':
			if (life.shelf?.state !== 'asked' || deed.atMs >= life.shelf.untilMs) return no('not-shelved');
			if (life.shelf.by.id === deed.by.id) return no('second-person');
			return yes({ ...life, shelf: { ...life.shelf, state: 'on', second: deed.by } });
		case 'unshelve':
			return life.shelf ? yes({ ...life, shelf: null }) : no('not-shelved');
	}
}

function shelved(life: Life, deed: Extract<Deed, { kind: 'shelve' }>, rules: LifeRules): Moved {
	const { by, atMs, untilMs } = deed;
	const reason = deed.reason.trim();
	if (life.shelf) return no('already-shelved');
	if (reason === '') return no('no-reason');
	if (!(untilMs > atMs) || untilMs - atMs > rules.shelfMost.value * 3_600_000) return no('shelf-too-long');
	const state = life.worst === 'danger' ? 'asked' : 'on';
	return yes({ ...life, shelf: { state, by, second: null, reason, atMs, untilMs, level: life.worst } });
}

/** Moves that make sense now for somebody who had no part in it so far; what a card offers. */
export function openMoves(life: Life, rules: LifeRules, by: Who, atMs: number): DeedKind[] {
	const to = by;
	const untilMs = atMs + 1;
	const deeds: Deed[] = [
		{ kind: 'acknowledge', by },
		{ kind: 'assign', by, to, promisedMs: null },
		{ kind: 'verify', by },
		{ kind: 'close', by },
		{ kind: 'shelve', by, reason: '-', atMs, untilMs },
		{ kind: 'confirmShelf', by, atMs },
		{ kind: 'unshelve', by },
	];
	return deeds.filter((deed) => move(life, deed, rules).ok).map(({ kind }) => kind);
}
