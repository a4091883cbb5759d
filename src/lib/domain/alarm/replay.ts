// Judges stored readings as they would have been judged live: the same watches, the same delays, the same silence. Every
// alarm is taken as acknowledged at once, so that one that is latched does not hide the next.

import { wait, type AlarmLevel, type Change } from './condition.ts';
import { fallSilent, hear, type Speaker } from './speaker.ts';
import type { MeasureRules, Watch } from './watch.ts';

export interface StoredReading {
	id: string;
	atMs: number;
	values: Readonly<Record<string, unknown>>;
}

export interface Occurrence {
	/** Of the device. */
	id: string;
	condition: string;
	/** The gravest it reached. */
	level: AlarmLevel;
	raisedMs: number;
	/** Null: still open at the end of what is stored. */
	clearedMs: number | null;
	peak: number;
}

export interface Player {
	/** Takes readings in the order of their time, some at a time. */
	take(readings: readonly StoredReading[]): void;
	/** Lets time pass to the end and gives everything that was raised. */
	end(atMs: number): Occurrence[];
	/** Readings that were judged. */
	readonly count: number;
}

const GRAVITY: Record<AlarmLevel, number> = { notice: 0, warning: 1, danger: 2 };

/**
 * @param speakers - by id; changed in place
 * @param silentAfterMs - how long a device may say nothing before it is silent, as its readings are stored
 * @param counts - whether an occurrence of this condition is wanted
 */
export function player(
	speakers: ReadonlyMap<string, Speaker>,
	rules: MeasureRules,
	silentAfterMs: (id: string) => number,
	counts: (condition: string) => boolean,
): Player {
	const idOf = new Map([...speakers].map(([id, speaker]) => [speaker, id]));
	const open = new Map<Watch, Occurrence>();
	const found: Occurrence[] = [];
	let count = 0;
	let nowMs = -Infinity;

	function note(speaker: Speaker, watched: Watch, change: Change): void {
		const { condition } = watched.rules;
		if (!counts(condition)) return;
		if (change === 'cleared') {
			const occurrence = open.get(watched);
			if (occurrence) occurrence.clearedMs = nowMs;
			open.delete(watched);
			return;
		}
		const alarm = watched.state.open!;
		alarm.isAcknowledged = true;
		const occurrence = open.get(watched) ?? {
			...{
				id: idOf.get(speaker)!,
				condition,
				level: alarm.level,
				raisedMs: alarm.raisedMs,
				clearedMs: null,
				peak: NaN,
			},
		};
		if (!open.has(watched)) found.push(occurrence);
		open.set(watched, occurrence);
		if (GRAVITY[alarm.level] > GRAVITY[occurrence.level]) occurrence.level = alarm.level;
	}

	/** Delays run out while the last value holds; then the device falls silent. */
	function pass(id: string, speaker: Speaker, atMs: number): void {
		if (Number.isNaN(speaker.latestMs)) return;
		const silentMs = speaker.latestMs + silentAfterMs(id);
		for (const watched of speaker.watches) {
			if (!watched.state.isRestless) continue;
			nowMs = watched.rules.measure === 'event' ? atMs : Math.min(atMs, silentMs);
			const change = wait(watched.state, watched.rules.by, nowMs);
			if (change) note(speaker, watched, change);
		}
		if (atMs > silentMs) fallSilent(speaker);
	}

	return {
		take(readings) {
			for (const { id, atMs, values } of readings) {
				const speaker = speakers.get(id);
				if (!speaker || atMs <= speaker.latestMs) continue;
				pass(id, speaker, atMs);
				nowMs = atMs;
				count++;
				hear(speaker, rules, atMs, values, note);
				for (const watched of speaker.watches) {
					const occurrence = open.get(watched);
					if (occurrence && watched.state.open) occurrence.peak = watched.state.open.peak;
				}
			}
		},
		end(atMs) {
			for (const [id, speaker] of speakers) pass(id, speaker, atMs);
			return found;
		},
		get count() {
			return count;
		},
	};
}

/** All at once: sorted by time, repetitions taken out. */
export function inOrder(readings: readonly StoredReading[]): StoredReading[] {
	return [...readings].sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
