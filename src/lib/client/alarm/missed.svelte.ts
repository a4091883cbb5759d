// What began and was over while this page was not looking: asleep, cut off, closed, or the server gone. Asked for by
// time once the line is back, and kept in sight until somebody says that it was read.

import type { AlarmMessage } from '#lib/contract/events.ts';
import { ask } from '../ask.ts';
import type { LiveBoard } from '../live.svelte.ts';

const KEY = 'sitewatch.watchedUntil';
/** A shorter gap is a hiccup of the network; nobody looked away. */
const GAP_MS = 20_000;
/** Longer than this a page was closed on purpose; the hand-over sheet tells the rest. */
const LONGEST_MS = 16 * 3_600_000;
const TICK_MS = 2000;

export class Missed {
	alarms = $state.raw<readonly AlarmMessage[]>([]);
	since = $state.raw<Date | null>(null);
	readonly #live: Pick<LiveBoard, 'connection' | 'asOf'>;
	#watchedMs: number;

	constructor(live: Pick<LiveBoard, 'connection' | 'asOf'>) {
		this.#live = live;
		this.#watchedMs = Number(localStorage.getItem(KEY) ?? NaN);
	}

	/** @returns stops */
	follow(): () => void {
		const timer = setInterval(() => void this.#look(), TICK_MS);
		return () => clearInterval(timer);
	}

	read(): void {
		this.alarms = [];
		this.since = null;
	}

	async #look(): Promise<void> {
		const { connection, asOf } = this.#live;
		if (connection !== 'live' || asOf === null) return;
		const nowMs = asOf.getTime();
		const watchedMs = this.#watchedMs;
		this.#watchedMs = nowMs;
		localStorage.setItem(KEY, String(nowMs));
		const gapMs = nowMs - watchedMs;
		if (gapMs > GAP_MS && gapMs < LONGEST_MS)
			await this.#ask(new Date(watchedMs)).catch(() => (this.#watchedMs = watchedMs));
	}

	async #ask(since: Date): Promise<void> {
		const asked = new URLSearchParams({ state: 'missed', since: since.toISOString(), format: 'json', limit: '500' });
		const { items } = await ask<{ items: AlarmMessage[] }>(`/api/v1/alarms?${asked.toString()}`);
		if (items.length === 0) return;
		const known = new Set(this.alarms.map(({ id }) => id));
		this.alarms = [...this.alarms, ...items.filter(({ id }) => !known.has(id))];
		this.since ??= since;
	}
}
