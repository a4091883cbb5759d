// The flood situation as this page holds it: read from the server, read again when something of it happened. Between
// readings deadlines turn at their moment, by the server's clock.

import type { FloodNow, GridView, StationView } from '#lib/contract/flood.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { gridAt } from '#lib/domain/flood/valid-time.ts';
import { gravestResponse } from '#lib/domain/flood/signal-kind.ts';
import { SvelteMap } from 'svelte/reactivity';
import { ask } from '../ask.ts';
import { ServerClock, type Moment } from '../live/server-clock.ts';
import { nextTurnOf, turnedAt } from './turn.ts';

/** During a storm of receipts the picture is read at most this often. */
const LEAST_MS = 2000;
/** Without any event it is read again so often, for what only time changes and the page cannot know: stale gauges. */
const MOST_MS = 60_000;
/** A browser's timer runs out of numbers after 24 days. */
const DAY_MS = 86_400_000;
/** The slider stands still when it has not been moved for so long. */
const SETTLE_MS = 150;

export class FloodBoard {
	now = $state.raw<FloodNow | null>(null);
	fault = $state<string | null>(null);
	/** Moment the time slider stands at; null: now. */
	at = $state<number | null>(null);
	/** What the stations had for a moment the slider stood at. */
	#past = $state.raw<{ at: number; stations: StationView[] } | null>(null);
	/** Millimetres of the grids that were looked at. */
	fields = new SvelteMap<string, Float32Array>();

	/** Grids by time: of each the one whose valid time is nearest, never further than its own period away. */
	readonly shownGrid: GridView | null = $derived(
		gridAt(this.now?.grids ?? [], this.at ?? Date.parse(this.now?.at ?? '')),
	);
	/** Stations as they stood at the slider's moment; null while that is being asked: never those of another time. */
	readonly shownStations: readonly StationView[] | null = $derived(
		this.at === null ? (this.now?.stations ?? null) : this.#past?.at === this.at ? this.#past.stations : null,
	);
	readonly response = $derived(
		gravestResponse((this.now?.responses ?? []).filter(({ endedAt }) => endedAt === null).map(({ level }) => level)),
	);
	readonly active = $derived(
		(this.now?.signals ?? []).filter(({ state, isExercise }) => state === 'active' && !isExercise),
	);
	/** A signal or a response holds, or orders are still open. */
	readonly isOn = $derived(
		this.response !== undefined ||
			this.active.length > 0 ||
			(this.now?.notices ?? []).some(({ step }) => step !== 'ended'),
	);

	readonly #clock = new ServerClock();
	#readAtMs = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#turning: ReturnType<typeof setTimeout> | undefined;
	#moving: ReturnType<typeof setTimeout> | undefined;
	#isReading = false;

	/** @returns stops */
	follow(): () => void {
		void this.read();
		const ticking = setInterval(() => {
			if (performance.now() - this.#readAtMs > MOST_MS) void this.read();
		}, 5000);
		return () => {
			clearInterval(ticking);
			clearTimeout(this.#timer);
			clearTimeout(this.#turning);
			clearTimeout(this.#moving);
		};
	}

	/** Tells of new events of the log. */
	heard(events: readonly EventMessage[]): void {
		if (!events.some(({ type }) => type.startsWith('flood:'))) return;
		if (this.#timer) return;
		const wait = Math.max(0, this.#readAtMs + LEAST_MS - performance.now());
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			void this.read();
		}, wait);
	}

	async read(): Promise<void> {
		if (this.#isReading) return;
		this.#isReading = true;
		this.#readAtMs = performance.now();
		try {
			const now = await floodAsk<FloodNow>('', 'GET');
			this.#clock.note(Date.parse(now.at), momentAt(Date.now()));
			this.now = now;
			this.fault = null;
			this.#turn();
		} catch (error) {
			this.fault = error instanceof Error ? error.message : String(error);
		} finally {
			this.#isReading = false;
		}
	}

	/** Milliseconds of the server's clock at a moment of this browser's; NaN before the first reading. */
	serverMs(wallMs = Date.now()): number {
		return this.#clock.now(momentAt(wallMs));
	}

	/** Turns what is due by now, and waits for what comes due next. */
	#turn(): void {
		clearTimeout(this.#turning);
		if (!this.now) return;
		const at = new Date(this.serverMs());
		this.now = turnedAt(this.now, at);
		const nextMs = nextTurnOf(this.now, at);
		if (nextMs !== null) this.#turning = setTimeout(() => this.#turn(), Math.min(nextMs - at.getTime(), DAY_MS));
	}

	/** Puts the slider somewhere; while it is moved on, the stations are not asked for every step. */
	moveTo(at: number | null): void {
		this.at = at;
		clearTimeout(this.#moving);
		if (at !== null) this.#moving = setTimeout(() => void this.#readStations(at), SETTLE_MS);
	}

	async #readStations(at: number): Promise<void> {
		try {
			const { stations } = await floodAsk<{ stations: StationView[] }>(
				`/stations?at=${new Date(at).toISOString()}`,
				'GET',
			);
			if (this.at === at) this.#past = { at, stations };
		} catch (error) {
			if (this.at === at) this.fault = error instanceof Error ? error.message : String(error);
		}
	}

	/** Loads the millimetres of a grid, once. */
	async loadField(id: string): Promise<void> {
		if (this.fields.has(id)) return;
		const response = await fetch(`/api/v1/flood/grids/${id}`);
		if (!response.ok) return;
		if (this.fields.size > 60) this.fields.clear();
		this.fields.set(id, new Float32Array(await response.arrayBuffer()));
	}
}

/** A door of the flood season, by what comes after its root. */
export const floodAsk = <T = unknown>(path: string, method: string, body?: unknown) =>
	ask<T>(`/api/v1/flood${path}`, method, body);

const momentAt = (wallMs: number): Moment => ({ wallMs, monotonicMs: performance.now() });
