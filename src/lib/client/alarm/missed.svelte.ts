// What began and was over while this page was not looking: asleep, cut off, closed, or the server gone. Asked for by
// time once the line is back, and kept in sight until somebody says that it was read.

import type { AlarmMessage } from '#lib/contract/events.ts';
import { ask } from '../ask.ts';
import type { LiveBoard } from '../live.svelte.ts';
import { gravity } from '../panels/rows.ts';

const KEY = 'sitewatch.watchedUntil';
/** Since when what is listed and nobody has read was missed; over a reload of the page too. */
const UNREAD_KEY = 'sitewatch.missedSince';
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
	/** Of the page before, still to be asked for; NaN when everything was read. */
	#unreadMs: number;

	constructor(live: Pick<LiveBoard, 'connection' | 'asOf'>) {
		this.#live = live;
		this.#watchedMs = Number(localStorage.getItem(KEY) ?? NaN);
		this.#unreadMs = Number(localStorage.getItem(UNREAD_KEY) ?? NaN);
	}

	/** @returns stops */
	follow(): () => void {
		const timer = setInterval(() => void this.#look(), TICK_MS);
		return () => clearInterval(timer);
	}

	read(): void {
		this.alarms = [];
		this.since = null;
		localStorage.removeItem(UNREAD_KEY);
	}

	async #look(): Promise<void> {
		const { connection, asOf } = this.#live;
		if (connection !== 'live' || asOf === null) return;
		const nowMs = asOf.getTime();
		const watchedMs = this.#watchedMs;
		this.#watchedMs = nowMs;
		localStorage.setItem(KEY, String(nowMs));
		const unreadMs = this.#unreadMs;
		const wasAway = nowMs - watchedMs > GAP_MS && nowMs - watchedMs < LONGEST_MS;
		const isUnread = nowMs - unreadMs < LONGEST_MS;
		if (!wasAway && !isUnread) return;
		this.#unreadMs = NaN;
		const sinceMs = isUnread ? Math.min(unreadMs, watchedMs) : watchedMs;
		await this.#ask(new Date(sinceMs)).catch(() => ([this.#watchedMs, this.#unreadMs] = [watchedMs, unreadMs]));
	}

	async #ask(since: Date): Promise<void> {
		const asked = new URLSearchParams({ state: 'missed', since: since.toISOString(), format: 'json', limit: '500' });
		const { items } = await ask<{ items: AlarmMessage[] }>(`/api/v1/alarms?${asked.toString()}`);
		if (items.length === 0) return;
		const known = new Set(this.alarms.map(({ id }) => id));
		this.alarms = [...this.alarms, ...items.filter(({ id }) => !known.has(id))].sort(
			(a, b) => gravity(b.worstLevel) - gravity(a.worstLevel),
		);
		this.since ??= since;
		localStorage.setItem(UNREAD_KEY, String(this.since.getTime()));
	}
}
