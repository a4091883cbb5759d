// The part of the program that knows what is true now: the register in memory, the engine that judges, the log that
// tells. Put together here, so that tests can run it without HTTP.

import { reaches, type Scope } from '#lib/domain/access/scope.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import type { PictureColumns } from '#lib/domain/picture/columns.ts';
import { subjectOf } from '../alarms/alarm-book.ts';
import type { Describe } from '../alarms/alarm-row.ts';
import { Engine } from '../alarms/engine.ts';
import { createOutbox, type Outbox } from '../alarms/outbox.ts';
import { restore } from '../alarms/restore.ts';
import type { Databases } from '../db/connection.ts';
import type { SignalsByTown } from '#lib/domain/weather/signal-limits.ts';
import { RuleBook } from '../alarms/rule-book.ts';
import { startFeed, type EventFeed } from '../events/feed.ts';
import { liveRegister } from '../repositories/live-register.ts';
import { changesInForce } from '../repositories/rule-change.ts';
import { buildObjects } from './build-objects.ts';
import type { LiveDevice } from './live-device.ts';
import { LiveState } from './live-state.ts';
import { Places } from './places.ts';

export interface LivePart {
	state: LiveState;
	engine: Engine;
	feed: EventFeed;
	outbox: Outbox;
	/** Reads the register again; calls while one is under way share the next. */
	registerChanged(): Promise<void>;
	/**
	 * Warning signals in force by town: limits of machines there are lowered until they are taken back. Replaces what was
	 * said before; an empty list restores every limit.
	 */
	setSignals(byTown: SignalsByTown): Promise<void>;
	/** The rules that hold now. */
	rules(): RuleBook;
	/** The object an alarm is about, as people call it and where it stands. */
	describe: Describe;
	/** The picture of everything a scope may see. */
	cut(scope: Scope): PictureColumns;
	/** Devices a scope may see. */
	devicesOf(scope: Scope): LiveDevice[];
	/** Stops judging and waits until what was found is written. */
	close(): Promise<void>;
}

export interface LiveOptions {
	now: () => number;
	onFault: (error: unknown) => void;
	/** Zero: whoever started it calls `engine.sweep` by himself. */
	sweepEveryMs: number;
}

const REGISTER_EVENTS = new Set([
	'register:changed',
	'import:committed',
	'import:undone',
	'rule:changed',
	'pit:danger',
]);

export async function startLive(databases: Databases, { now, onFault, sweepEveryMs }: LiveOptions): Promise<LivePart> {
	const { read, alarm } = databases;
	const state = new LiveState();
	let signals: SignalsByTown = {};
	let book = new RuleBook();
	async function build(): Promise<void> {
		const register = await liveRegister(read);
		book = new RuleBook({ changes: await changesInForce(read), signals }, now());
		state.replace(buildObjects(register, state.devices, book));
	}
	await build();

	const places = new Places(state);

	const feed = await startFeed(read, onFault);
	const describe: Describe = (deviceId, objectNo) => {
		const object = (objectNo !== null && state.byNo.get(objectNo)) || state.devices.get(deviceId)?.object || null;
		const subject = subjectOf(deviceId, object);
		if (deviceId.startsWith('gateway:'))
			return { ...subject, subjectName: `网关 ${deviceId.slice('gateway:'.length)}` };
		return deviceId === 'network' ? { ...subject, subjectName: '全区网络' } : subject;
	};
	const outbox = createOutbox(alarm, (events) => feed.announce(events), onFault, describe);
	const engine = new Engine(state, outbox, now());
	await restore(read, state, engine, { outbox, describe }, now());
	engine.startTelling();

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
		engine,
		feed,
		outbox,
		registerChanged,
		setSignals(byTown) {
			signals = byTown;
			return registerChanged();
		},
		rules: () => book,
		describe,
		cut: (scope) => state.cut(places.of(scope).all, now(), feed.cursor),
		devicesOf: (scope) =>
			[...state.devices.values()].filter(
				({ object }) => object !== null && reaches(scope, object.townCode, object.siteId),
			),
		async close() {
			clearInterval(timer);
			stopListening();
			await reading?.catch(onFault);
			if (databases.isUp()) await outbox.drained();
			outbox.stop();
			await feed.stop();
		},
	};
}
