// The part of the program that knows what is true now: the register in memory, the engine that judges, the log that
// tells. Put together here, so that tests can run it without HTTP. With other processes on the same database one of
// them judges; the others do all the same things but write nothing, and take over from where it had come to.

import type { Scope } from '#lib/domain/access/scope.ts';
import type { HotWorkPin } from '#lib/contract/hot-work.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import type { SignalsByTown } from '#lib/domain/weather/signal-limits.ts';
import type { PictureColumns } from '#lib/domain/picture/columns.ts';
import type { Describe } from '../alarms/alarm-row.ts';
import { describing } from '../alarms/describing.ts';
import { Engine, type Heard } from '../alarms/engine.ts';
import { createGate } from '../alarms/gate.ts';
import { createOutbox, type Outbox } from '../alarms/outbox.ts';
import { restore } from '../alarms/restore.ts';
import { RuleBook } from '../alarms/rule-book.ts';
import { keepSeatFor, Unseated, type SeatKeeper, type SeatWish } from '../cluster/seat.ts';
import type { Databases, Db } from '../db/connection.ts';
import { startFeed, type EventFeed } from '../events/feed.ts';
import { endedAlarmsSince } from '../repositories/alarm.ts';
import { liveRegister } from '../repositories/live-register.ts';
import type { SharedRow } from '../repositories/reading-batch.ts';
import { changesInForce } from '../repositories/rule-change.ts';
import { buildObjects } from './build-objects.ts';
import { holdReadings } from './held-readings.ts';
import type { LiveDevice, LiveObject } from './live-device.ts';
import { LiveState } from './live-state.ts';
import { openPictureWall, type PictureWall } from './picture-wall.ts';
import { Places } from './places.ts';

export interface LivePart {
	state: LiveState;
	readonly engine: Engine;
	feed: EventFeed;
	outbox: Outbox;
	/** Whether this process writes what it finds. */
	isJudge(): boolean;
	/** Takes readings that this process has stored. */
	observe(readings: readonly Heard[], nowMs: number): void;
	/** Judges what has waited long enough for others. By itself, unless `sweepEveryMs` is zero. */
	release(): void;
	/** Takes readings that any process has stored. */
	observeShared(rows: readonly SharedRow[]): void;
	/** Reads everything back, after having missed something. */
	catchUp(): Promise<void>;
	/** Reads the register again; calls while one is under way share the next. */
	registerChanged(): Promise<void>;
	/**
	 * Warning signals in force by town: limits of machines there are lowered until they are taken back. Replaces what was
	 * said before; an empty list restores every limit.
	 */
	setSignals(byTown: SignalsByTown): Promise<void>;
	signals(): SignalsByTown;
	/** The rules that hold now. */
	rules(): RuleBook;
	/** The object an alarm is about, as people call it and where it stands. */
	describe: Describe;
	/** The picture of everything a scope may see. */
	cut(scope: Scope): PictureColumns;
	/** To be asked about a scope before its picture is cut; undefined: there is no second wall. */
	wall: PictureWall | undefined;
	/** Whether a scope is shown an object, once `wall` was asked about it. */
	shows(scope: Scope, object: LiveObject): boolean;
	/** Welding machines of a scope that work now. */
	hotWork(scope: Scope): Promise<HotWorkPin[]>;
	/** Devices a scope may see, once `wall` was asked about it. */
	devicesOf(scope: Scope): LiveDevice[];
	/** Stops judging and waits until what was found is written. */
	close(): Promise<void>;
}

export interface LiveOptions {
	now: () => number;
	onFault: (error: unknown) => void;
	/** Zero: whoever started it calls `engine.sweep` by himself. */
	sweepEveryMs: number;
	/** How this process comes to judge; without it it simply does. */
	seat?: SeatWish;
	/** Called after events of this process were written. */
	onAnnounced?: () => void;
	/** Up to when this process has heard of everything stored, ms; now when not given. */
	heardUpTo?: () => number;
	/** How long readings wait for those that they may have overtaken, ms; not at all when not given. */
	holdBackMs?: () => number;
}

const REGISTER_EVENTS = new Set([
	'register:changed',
	'import:committed',
	'import:undone',
	'rule:changed',
	'pit:danger',
]);

type LiveDatabases = Pick<Databases, 'read' | 'alarm' | 'quickly' | 'isUp' | 'hasSecondWall' | 'scoped'>;

export async function startLive(
	{ read, alarm, quickly, isUp, hasSecondWall, scoped }: LiveDatabases,
	{ now, onFault, sweepEveryMs, seat, onAnnounced, heardUpTo = now, holdBackMs = () => 0 }: LiveOptions,
): Promise<LivePart> {
	const state = new LiveState();
	let signals: SignalsByTown = {};
	let book = new RuleBook();
	/** @param isAnew - what is remembered of devices is forgotten */
	async function build(isAnew = false): Promise<void> {
		const register = await liveRegister(read);
		book = new RuleBook({ changes: await changesInForce(read), signals }, now());
		if (isAnew) state.devices.clear();
		state.replace(buildObjects(register, state.devices, book));
	}
	await build();

	const wall = openPictureWall({ hasSecondWall, scoped }, () => state.version);
	const places = new Places(state, wall);

	const feed = await startFeed(read, onFault);
	const describe = describing(state);
	const gate = createGate();
	let engine = new Engine(state, gate, now());
	const waiting = holdReadings({ holdMs: holdBackMs, judge, now, isByItself: sweepEveryMs > 0 });
	/** Readings that come while the past is read back. */
	let held: { readings: readonly Heard[]; nowMs: number }[] | undefined;
	let isRebuilt = false;
	let rebuilding = Promise.resolve();

	function outboxFor(guard?: (tx: Db) => Promise<void>): Outbox {
		const onTrouble = (error: unknown): void => {
			if (error instanceof Unseated) gate.close();
			onFault(error);
		};
		return createOutbox(
			{ alarm, quickly },
			(events) => {
				feed.announce(events);
				onAnnounced?.();
			},
			onTrouble,
			describe,
			guard,
		);
	}

	async function begin(judgedAt: Date | null): Promise<void> {
		await restore(read, state, engine, { outbox: gate, describe, holdMs: holdBackMs() }, now(), judgedAt);
		gate.caughtUp();
		engine.startTelling();
	}

	/** Forgets what was remembered and reads it back: open alarms, newest readings, and what nobody has judged. */
	async function rebuild(judgedAt: Date | null): Promise<void> {
		held = [];
		try {
			await build(true);
			isRebuilt = true;
			engine = new Engine(state, gate, now());
			await begin(judgedAt);
		} finally {
			const come = held;
			held = undefined;
			for (const { readings, nowMs } of come) judge(readings, nowMs);
		}
	}

	/** One after the other, whoever asks. */
	function inTurn(work: () => Promise<void>): Promise<void> {
		return (rebuilding = rebuilding.catch(() => undefined).then(work));
	}

	function judge(readings: readonly Heard[], nowMs: number): void {
		if (held) return void held.push({ readings, nowMs });
		// Accepted before the devices were read anew: the same device, but not the same object any more.
		const isCurrent = !isRebuilt || readings.every(({ device }) => state.devices.get(device.id) === device);
		engine.observe(isCurrent ? readings : readings.flatMap(currentOf), nowMs);
	}

	function currentOf(reading: Heard): Heard[] {
		const device = state.devices.get(reading.device.id);
		return device ? [{ ...reading, device }] : [];
	}

	let byNo = new Map<number, LiveDevice>();
	let byNoVersion = -1;
	function deviceByNo(no: number): LiveDevice | undefined {
		if (byNoVersion !== state.version) byNo = new Map([...state.devices.values()].map((device) => [device.no, device]));
		byNoVersion = state.version;
		return byNo.get(no);
	}

	let isFirst = true;
	const keeper: SeatKeeper | undefined =
		seat &&
		keepSeatFor({
			...seat,
			db: alarm,
			onFault,
			judgedUpTo: () =>
				gate.isOpen() && !held && gate.waiting() === 0 ? new Date(Math.min(heardUpTo(), waiting.oldestMs())) : null,
			onSit: (taken, guard) =>
				inTurn(async () => {
					const ended = taken.judgedAt ? await endedAlarmsSince(read, taken.judgedAt) : new Set<string>();
					gate.open(outboxFor(guard), ({ noticed }) => {
						const { deviceId, condition, raisedAt } = noticed?.measured ?? {};
						return ended.has(`${deviceId} ${condition} ${raisedAt?.getTime()}`);
					});
					const isEarly = isFirst;
					isFirst = false;
					return isEarly ? begin(taken.judgedAt) : rebuild(taken.judgedAt);
				}),
			onStand: () => gate.close(),
		});
	if (keeper) await keeper.look();
	else gate.open(outboxFor());
	// Not beside a seat that is being taken: two that read back at once end each other's alarms.
	const sitting = rebuilding;
	await inTurn(async () => {
		if (!isFirst) return;
		isFirst = false;
		await begin(null);
	});
	await sitting;

	let reading: Promise<void> | undefined;
	let isWanted = false;
	async function readRegister(): Promise<void> {
		while (isWanted) {
			isWanted = false;
			await build();
			engine.registerChanged(now());
		}
	}
	function registerChanged(): Promise<void> {
		isWanted = true;
		reading ??= readRegister().finally(() => (reading = undefined));
		return reading;
	}

	const stopListening = feed.listen((events: readonly EventMessage[]) => {
		engine.follow(events);
		if (events.some(({ type }) => REGISTER_EVENTS.has(type))) registerChanged().catch(onFault);
	});
	function sweep(): void {
		engine.sweep(now());
		// A change of a rule begins or runs out.
		if (now() >= book.nextMs && !reading) registerChanged().catch(onFault);
	}
	const timer = sweepEveryMs > 0 ? setInterval(sweep, sweepEveryMs) : undefined;

	return {
		state,
		get engine() {
			return engine;
		},
		feed,
		outbox: gate,
		isJudge: () => gate.isOpen(),
		observe: waiting.take,
		release: waiting.release,
		observeShared(rows) {
			const readings = rows.flatMap(([no, atUs, seq, values]): Heard[] => {
				const device = deviceByNo(no);
				return device ? [{ device, atUs, seq, values }] : [];
			});
			// Whoever took them in, each device's are judged in the order they were measured.
			readings.sort((a, b) => a.atUs - b.atUs);
			waiting.take(readings, now());
		},
		catchUp: () => inTurn(() => rebuild(null)),
		registerChanged,
		setSignals(byTown) {
			signals = byTown;
			return registerChanged();
		},
		signals: () => signals,
		rules: () => book,
		describe,
		wall,
		cut: (scope) => state.cut(places.of(scope).all, now(), feed.cursor),
		shows: (scope, object) => places.shows(scope, object),
		async hotWork(scope) {
			await wall?.ask(scope);
			return engine.hotWorks.list((object) => places.shows(scope, object), now());
		},
		devicesOf(scope) {
			const { has } = places.of(scope);
			return [...state.devices.values()].filter(({ object }) => object !== null && has[object.place] === 1);
		},
		async close() {
			clearInterval(timer);
			waiting.close();
			stopListening();
			await reading?.catch(onFault);
			await rebuilding.catch(onFault);
			engine.keepLearned();
			if (isUp()) await gate.drained();
			await keeper?.stop();
			gate.stop();
			await feed.stop();
		},
	};
}
