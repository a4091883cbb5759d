// A warning signal as all messages about it together say it is. The answer does not depend on the order in which they
// came, nor on how often: a late or repeated revision, or a lift that overtakes its issue, does no harm.

import type { MultiPolygon } from 'geojson';
import type { SignalColour, SignalKind } from './signal-kind.ts';

/** Where a signal holds. All parts count together; `isWhole`: everywhere. */
export interface SignalArea {
	text: string;
	polygons: MultiPolygon | null;
	/** Administrative codes of six or nine digits; a district's code covers its towns. */
	codes: readonly string[];
	/** The whole district, because the message says so or because its area could not be read. */
	isWhole: boolean;
}

export interface SignalProblem {
	code:
		| 'axes-swapped'
		| 'polygon-refused'
		| 'circle-refused'
		| 'area-unreadable'
		| 'no-colour'
		| 'colour-from-severity'
		| 'expired'
		| 'bad-reference';
	detail: string;
}

export interface SignalMessage {
	/** Who speaks: messages of one source have numbers of their own. */
	source: string;
	externalId: string;
	/** Grows with every revision of the same message; milliseconds of its sending where it has no number. */
	revision: number;
	act: 'issue' | 'change' | 'lift';
	/** External ids of the messages this one changes or ends. */
	refs: readonly string[];
	issuer: string;
	kind: SignalKind;
	colour: SignalColour | null;
	event: string;
	headline: string;
	body: string;
	instruction: string;
	sentAt: Date;
	expiresAt: Date | null;
	/** An exercise or a test: kept and shown as such, it stops no work. */
	isExercise: boolean;
	area: SignalArea;
	problems: readonly SignalProblem[];
}

export interface ReceivedMessage extends SignalMessage {
	receivedAt: Date;
}

/** `empty`: only a lift has come so far. `expired`: it was over already when it came, and was never raised. */
export type SignalState = 'active' | 'lifted' | 'expired' | 'empty';

export interface Signal {
	state: SignalState;
	/** What the newest message that is no lift says. */
	now: SignalMessage;
	issuedAt: Date;
	/** Null while nothing but the issue has come. */
	changedAt: Date | null;
	liftedAt: Date | null;
	problems: readonly SignalProblem[];
}

/**
 * Settles what holds now. Messages are put in the order of their sending; among those of one second the higher
 * revision, then a lift, comes later. A signal that has passed its expiry without being lifted stays active: a warning
 * does not end by itself, and nobody is told that it is over by silence.
 *
 * @param messages - of one signal, at least one; in any order, repeated or not
 * @throws RangeError for an empty list
 */
export function settleSignal(messages: readonly ReceivedMessage[]): Signal {
	const ordered = [...messages].sort(bySending);
	const last = ordered.at(-1);
	if (!last) throw new RangeError('A signal without any message.');
	const speaking = ordered.filter(({ act }) => act !== 'lift');
	const now = speaking.at(-1);
	const isLifted = last.act === 'lift';
	const first = speaking[0] ?? last;
	const changes = speaking.filter((message) => message !== first && +message.sentAt !== +first.sentAt);
	return {
		state: !now ? 'empty' : isLifted ? 'lifted' : speaking.every(wasOver) ? 'expired' : 'active',
		now: now ?? last,
		issuedAt: first.sentAt,
		changedAt: changes.at(-1)?.sentAt ?? null,
		liftedAt: isLifted ? last.sentAt : null,
		problems: now?.problems ?? last.problems,
	};
}

/** Whether a signal is past the end its issuer expected, with no lift so far. Shown; decides nothing. */
export function isPastExpiry(signal: Pick<Signal, 'state'> & { now: Pick<SignalMessage, 'expiresAt'> }, at: Date) {
	return signal.state === 'active' && signal.now.expiresAt !== null && signal.now.expiresAt < at;
}

function wasOver({ expiresAt, receivedAt }: ReceivedMessage): boolean {
	return expiresAt !== null && expiresAt < receivedAt;
}

function bySending(a: ReceivedMessage, b: ReceivedMessage): number {
	return (
		+a.sentAt - +b.sentAt ||
		a.revision - b.revision ||
		Number(a.act === 'lift') - Number(b.act === 'lift') ||
		(a.externalId < b.externalId ? -1 : a.externalId > b.externalId ? 1 : 0)
	);
}
