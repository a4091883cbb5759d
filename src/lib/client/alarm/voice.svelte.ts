// What is heard: an alarm that begins to ask, danger that nobody takes again and again, and a rung of the ladder that is
// this person's own.

import type { AlarmMessage, EscalatedNote } from '#lib/contract/events.ts';
import { speaks } from '../live/alarm-quiet.ts';
import type { LiveBoard } from '../live.svelte.ts';
import { gravity } from '../panels/rows.ts';
import type { AlarmSound } from '../sound.svelte.ts';
import { toasts } from '../ui/toast.svelte.ts';
import { m } from '../words/generated/messages.js';
import { rolesOf, vacancyTexts } from './vacancy.ts';

export class Voice {
	readonly #live: Pick<LiveBoard, 'standing' | 'recent' | 'seen'>;
	readonly #sound: Pick<AlarmSound, 'announce'>;
	readonly #me: string | null;
	readonly #takes: boolean;
	readonly #repeatMs: number;
	/** What was asking when it was last looked at, and since when. */
	#asking: ReadonlyMap<string, string> | undefined;
	#soundedMs = 0;
	#toldSeq = -1;

	constructor(
		live: Pick<LiveBoard, 'standing' | 'recent' | 'seen'>,
		sound: Pick<AlarmSound, 'announce'>,
		/** @param takes - acknowledges alarms: is told of rungs that nobody is on duty for */
		{ me, takes, repeatS }: { me: string | null; takes: boolean; repeatS: number },
	) {
		this.#live = live;
		this.#sound = sound;
		this.#me = me;
		this.#takes = takes;
		this.#repeatMs = repeatS * 1000;
	}

	/** Looks at what asks now. @param nowMs - for the repetition */
	look(nowMs: number): void {
		const asking = [...this.#live.standing.values()].filter(speaks);
		const before = this.#asking;
		// What asks when the page opens is no news, but danger among it is sounded once the repetition is due.
		if (before || this.#live.standing.size > 0)
			this.#asking = new Map(asking.map((alarm) => [alarm.id, alarm.spokeAt]));
		const fresh = before ? asking.filter(({ id, spokeAt }) => before.get(id) !== spokeAt) : [];
		const isDue = nowMs - this.#soundedMs >= this.#repeatMs;
		const again = isDue ? asking.filter(({ level }) => level === 'danger') : [];
		const loudest = worst([...fresh, ...again]);
		if (loudest) {
			this.#soundedMs = nowMs;
			this.#sound.announce(loudest.level);
		}
		this.#listenForMe();
	}

	#listenForMe(): void {
		const fresh = this.#live.recent.filter(({ type, seq }) => type === 'alarm:escalated' && seq > this.#toldSeq);
		const first = this.#toldSeq < 0;
		this.#toldSeq = Math.max(this.#toldSeq, 0, ...this.#live.recent.map(({ seq }) => seq));
		if (first) return;
		const notes = fresh.map(({ data }) => data as unknown as EscalatedNote);
		const mine = notes.filter(({ personId }) => personId !== null && personId === this.#me);
		for (const { alarmId, isTest, vacant = [] } of mine) {
			const text = isTest ? m.voice_drill() : m.voice_escalated();
			const missing = vacant.length > 0 ? m.voice_standIn({ roles: rolesOf(vacant) }) : '';
			toasts.show(`${text}${missing}`, { tone: 'trouble' });
			// A drill has no alarm to be opened: that it stands on the screen is its receipt.
			if (isTest) this.#live.seen([alarmId]);
		}
		if (this.#takes) for (const text of vacancyTexts(notes)) toasts.show(text, { tone: 'trouble' });
		if (mine.length > 0) this.#sound.announce('danger');
	}
}

function worst(alarms: readonly AlarmMessage[]): AlarmMessage | undefined {
	return [...alarms].sort((a, b) => gravity(b.level) - gravity(a.level))[0];
}
