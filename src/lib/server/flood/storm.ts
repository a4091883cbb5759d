// One storm for the demonstration, in a few minutes instead of a day: rain comes up from the south-west, signals rise,
// a response level is declared, sites answer, some late, a crane is caught at work, everything is lifted again. Played by
// a button; refused where there is one real site.

import { randomUUID } from 'node:crypto';
import { floodRules } from '#db/rules/flood.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { eventName } from '#lib/domain/flood/event-name.ts';
import type { SignalMessage } from '#lib/domain/flood/signal.ts';
import type { SignalColour } from '#lib/domain/flood/signal-kind.ts';
import { seeded } from '#lib/domain/random.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import { answerNotice } from '../commands/answer-notice.ts';
import { declareResponse, endResponseLevel } from '../commands/direct-response.ts';
import { takeGrid, takeReadings } from '../commands/take-water.ts';
import { takeSignals } from '../commands/take-signals.ts';
import type { Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { stations } from '../repositories/flood-water.ts';
import { eventForChange, logFlood, openEvent } from '../repositories/flood-response.ts';

export interface StormParts {
	db: Db;
	caller: Omit<Caller, 'now'>;
	district: string;
	announce(events: readonly EventMessage[]): void;
	/** Brings orders and exposure in step. */
	direct(by: string): Promise<void>;
	judge(): Promise<void>;
	now(): number;
	wait(ms: number): Promise<unknown>;
	/** Seconds a stage lasts. */
	paceS: number;
}

/** Cranes stop within so many stages: what the rule gives them in a day, shown in a storm of minutes. */
const STOP_WITHIN_STAGES = 4;
const HOUR_MS = 3_600_000;
const TEN_MS = 600_000;
const BOUNDS: [number, number, number, number] = [120.05, 29.83, 120.62, 30.36];
const GRID = { width: 48, height: 44 };

/** Millimetres of one hour at a place: a band that wanders over the district. `t` counts hours from the peak. */
export function stormMm([lng, lat]: LngLat, t: number): number {
	const across = (lng - 120.28) * 60 + (lat - 30.15) * 90 - t * 5;
	const along = (lng - 120.28) * 40 - (lat - 30.15) * 60;
	const strength = 46 * Math.exp(-(t * t) / 8);
	return Math.max(0, strength * Math.exp(-(across * across) / 260) * (0.75 + 0.25 * Math.sin(along / 2.2)));
}

export async function playStorm(parts: StormParts): Promise<void> {
	const { db, paceS } = parts;
	const caller = (): Caller => ({ ...parts.caller, now: new Date(parts.now()) });
	const pause = () => parts.wait(paceS * 1000);
	const say = (message: SignalMessage) =>
		takeSignals(db, { system: 'demo-storm', now: new Date(parts.now()) }, [message], 'push').then(({ events }) =>
			parts.announce(events),
		);
	const chain = `demo-${parts.now()}`;
	const message = (step: number, act: SignalMessage['act'], colour: SignalColour): SignalMessage => {
		const sentAt = new Date(parts.now());
		const word = { blue: '蓝色', yellow: '黄色', orange: '橙色', red: '红色' }[colour];
		return {
			source: 'demo-storm',
			externalId: `${chain}-${step}`,
			revision: +sentAt,
			act,
			refs: Array.from({ length: step }, (_, i) => `${chain}-${i}`),
			issuer: '区气象台（演示）',
			kind: 'rainstorm',
			colour,
			event: '暴雨',
			headline: `区气象台（演示）${act === 'lift' ? '解除' : act === 'change' ? '变更为' : '发布'}暴雨${word}预警信号`,
			body: '演示过程：预计未来三小时我区将出现短时强降雨，并可能伴有雷雨大风。',
			instruction: '',
			sentAt,
			expiresAt: new Date(+sentAt + 12 * HOUR_MS),
			isExercise: false,
			area: { text: '全区', polygons: null, codes: [parts.district], isWhole: false },
			problems: [],
		};
	};

	await openFast(db, new Date(parts.now()), STOP_WITHIN_STAGES * paceS);
	// The hours that are forecast add up to 中到大雨: duty and pumps are ordered before any signal.
	await rain(parts, caller(), -3);
	await parts.judge();
	await pause();
	await say(message(0, 'issue', 'yellow'));
	await parts.direct('demo-storm');
	await rain(parts, caller(), -1.5);
	await pause();
	await answers(parts, 0.45, 'seen', paceS);
	const declared = await declareResponse(db, caller(), {
		issuer: '区防汛指挥部（演示）',
		level: 'III',
		areaCodes: [parts.district],
		note: '演示过程',
	});
	if (declared.ok) parts.announce(declared.events);
	await parts.direct('demo-storm');
	await pause();
	await say(message(1, 'change', 'orange'));
	await parts.direct('demo-storm');
	await rain(parts, caller(), 0);
	await answers(parts, 0.6, 'stopped', paceS);
	await parts.judge();
	await answers(parts, 0.93, 'stopped', paceS);
	await answers(parts, 0.5, 'checked', paceS);
	await rain(parts, caller(), 2.5);
	await say(message(2, 'lift', 'orange'));
	await parts.direct('demo-storm');
	await parts.judge();
	await pause();
	if (declared.ok) {
		const ended = await endResponseLevel(db, caller(), declared.id);
		if (ended.ok) parts.announce(ended.events);
	}
	// A day after the peak, so that no rain of the day holds anybody back from the gate.
	await rain(parts, caller(), 30);
	await parts.direct('demo-storm');
	await parts.judge();
}

/** The event in which cranes have less time to stop than the rule gives them; said in its book. */
async function openFast(db: Db, at: Date, stopWithinS: number): Promise<void> {
	const seconds = Math.max(1, Math.round(stopWithinS));
	await transaction(db, async (tx) => {
		const event = await eventForChange(tx, `${eventName(at, floodRules.seasons.zone)}（演示）`, at);
		await tx.updateTable('flood_event').set({ stop_within_s: seconds }).where('id', '=', event.id).execute();
		await logFlood(tx, [
			{ eventId: event.id, at, kind: 'playedFast', actor: 'demo-storm', facts: { stopWithinS: seconds } },
		]);
	});
}

/** Gauges, rivers, low roads and the radar as they stand `t` hours from the peak: a day of readings, newest now. */
async function rain(parts: StormParts, caller: Caller, t: number): Promise<void> {
	const nowMs = Math.floor(parts.now() / TEN_MS) * TEN_MS;
	const all = await stations(parts.db);
	const readings = all.flatMap((station) => {
		if (station.kind === 'rain')
			return Array.from({ length: 145 }, (_, i) => {
				const at = new Date(nowMs - i * TEN_MS).toISOString();
				const mm = stormMm(station.at, t - i / 6) / 6;
				return { station: station.code, at, value: Math.round(mm * 10) / 10, periodS: 600 };
			});
		const swell = [0, 1, 2, 3, 4].reduce((sum, lag) => sum + stormMm(station.at, t - lag), 0) / 150;
		const usual = station.kind === 'river' ? (station.warningM ?? 5) - 0.75 : 0;
		const value = station.kind === 'river' ? usual + Math.min(1.4, swell * 1.6) : Math.min(80, swell * 62);
		return [
			{ station: station.code, at: new Date(nowMs).toISOString(), value: Math.round(value * 100) / 100, periodS: 0 },
		];
	});
	for (let from = 0; from < readings.length; from += 4000) {
		const { events } = await takeReadings(parts.db, caller, readings.slice(from, from + 4000));
		parts.announce(events);
	}
	for (const ahead of [0, 1, 2, 3]) {
		const validAt = new Date(nowMs + ahead * HOUR_MS).toISOString();
		const { events } = await takeGrid(parts.db, caller, {
			product: ahead === 0 ? '雷达估测 1 h（演示）' : '临近预报 1 h（演示）',
			isForecast: ahead > 0,
			issuedAt: new Date(nowMs).toISOString(),
			validAt,
			periodS: 3600,
			bounds: BOUNDS,
			...GRID,
			sourceName: '演示',
			mm: field(t + ahead),
		});
		parts.announce(events);
	}
}

function field(t: number): Float32Array {
	const [west, south, east, north] = BOUNDS;
	return Float32Array.from({ length: GRID.width * GRID.height }, (_, cell) => {
		const column = cell % GRID.width;
		const row = Math.floor(cell / GRID.width);
		const lng = west + ((column + 0.5) / GRID.width) * (east - west);
		const lat = north - ((row + 0.5) / GRID.height) * (north - south);
		return Math.round(stormMm([lng, lat], t) * 10) / 10;
	});
}

/**
 * Sites answer by their links, as many as `share` says; always the same ones are slow.
 *
 * @param overS - spread over so many seconds, as people answer; what else the database is asked comes in between
 */
async function answers(
	parts: StormParts,
	share: number,
	kind: 'seen' | 'stopped' | 'checked',
	overS: number,
): Promise<void> {
	const event = await openEvent(parts.db);
	if (!event) return;
	const notices = await parts.db
		.selectFrom('flood_notice')
		.select(['site_id', 'link', 'seen_at', 'stopped_at', 'checked_at'])
		.where('event_id', '=', event.id)
		.where('link', 'is not', null)
		.execute();
	const gap = new Pacer((overS * 1000) / Math.max(1, notices.length * share), parts);
	for (const notice of notices) {
		const luck = seeded(`answer/${notice.site_id}`).next();
		const done = kind === 'seen' ? notice.seen_at : kind === 'stopped' ? notice.stopped_at : notice.checked_at;
		if (luck > share || done || !notice.link) continue;
		const answer = { id: randomUUID(), kind, byName: '现场负责人（演示）', note: '', answers: {} };
		const result = await answerNotice(parts.db, notice.link, answer, null, {
			address: null,
			now: new Date(parts.now()),
		});
		if (result.ok) parts.announce(result.events);
		await gap.wait();
	}
}

/** Keeps a distance between things, however long each takes. */
class Pacer {
	readonly #everyMs: number;
	readonly #clock: Pick<StormParts, 'now' | 'wait'>;
	#nextMs: number;

	constructor(everyMs: number, clock: Pick<StormParts, 'now' | 'wait'>) {
		this.#everyMs = everyMs;
		this.#clock = clock;
		this.#nextMs = clock.now();
	}

	async wait(): Promise<void> {
		this.#nextMs += this.#everyMs;
		await this.#clock.wait(Math.max(0, this.#nextMs - this.#clock.now()));
	}
}
