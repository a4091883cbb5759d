// The goal list of the nights: alarms told while lines break and the server is started again. Every screen shows each of
// them once. The screens are the page's own place in the log and its own list of alarms, over real sockets.

import { setTimeout as sleep } from 'node:timers/promises';
import { io as connect, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { EventCursor } from '#lib/client/live/event-cursor.ts';
import { OpenAlarms } from '#lib/client/live/open-alarms.ts';
import type { ClientToServer, EventMessage, ServerToClient } from '#lib/contract/events.ts';
import type { Person } from '#lib/domain/access/principal.ts';
import { decodePicture } from '#lib/domain/picture/decode.ts';
import { seeded } from '#lib/domain/random.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { appendEvents, type NewEvent } from '#lib/server/events/log.ts';
import type { Hub } from '#lib/server/sockets/hub.ts';
import type { Io } from '#lib/server/sockets/io.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';
import { hubOver, openSocketDoor } from './hub-at-work.ts';

const NIGHTLY = Boolean(process.env.NIGHTLY);
const ALARMS = NIGHTLY ? 100_000 : 2_500;
const DROPS = NIGHTLY ? 200 : 20;
const RESTARTS = NIGHTLY ? 50 : 5;
const BATCH = 50;
/** So many of the alarms are open at a time; what comes on top is closed. */
const OPEN = 100;
const SCREENS = 4;
/** On the screen at the latest so long after the line is back. */
const WITHIN_MS = 5000;
const TOWN = '330109001';
const DUTY: Person = {
	...{ kind: 'person', id: 'duty', name: 'duty', isDemo: false },
	grants: [{ role: 'dutyOfficer', area: '330109', layers: ['public', 'supervision'] }],
};

class Screen {
	readonly cursor = new EventCursor();
	readonly alarms = new OpenAlarms();
	/** How often each alarm was told as raised. */
	readonly told = new Map<string, number>();
	pictures = 0;
	readonly #socket: Socket<ServerToClient, ClientToServer>;

	constructor(url: string) {
		const socket = connect(url, {
			...{ transports: ['websocket'], forceNew: true, reconnectionDelay: 30, reconnectionDelayMax: 100 },
			auth: (send) => send({ cursor: this.cursor.at }),
		}) as Socket<ServerToClient, ClientToServer>;
		this.#socket = socket;
		socket.on('picture', (bytes) => {
			this.pictures++;
			this.cursor.jump(decodePicture(new Uint8Array(bytes)).cursor);
		});
		socket.on('events', (frame) => this.#take(frame));
		socket.on('pulse', ({ cursor }) => this.#ask(this.cursor.compare(cursor)));
		// A server that closes the line itself is not tried again by the library.
		socket.on('disconnect', (reason) => {
			this.cursor.forgetQuestion();
			if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 30);
		});
	}

	#take(frame: readonly EventMessage[]): void {
		const { events, askAfter } = this.cursor.take(frame);
		this.#ask(askAfter);
		this.alarms.applyEvents(events);
		for (const { type, subject } of events)
			if (type === 'alarm:raised') this.told.set(subject.id, (this.told.get(subject.id) ?? 0) + 1);
	}

	#ask(after: number | undefined): void {
		if (after !== undefined) this.#socket.emit('events:replay', after);
	}

	/** The line breaks in the middle of whatever is under way; one that is being opened is broken already. */
	drop(): void {
		if (this.#socket.connected) this.#socket.io.engine.close();
	}

	close(): void {
		this.#socket.removeAllListeners().disconnect();
	}
}

onBoth('screens', (database) => {
	let work: AtWork;
	let io: Io;
	let url: string;
	let hub: Hub;
	const screens: Screen[] = [];

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown(TOWN, '城厢街道', [120.27, 30.17])
			.withSite({ name: '一号工地', town: TOWN, at: [120.27, 30.17] })
			.withCrane({ site: '一号工地', record: 'A', device: 'TC-1' })
			.build();
		({ io, url } = await openSocketDoor());
	});
	beforeEach(start);
	afterEach(async () => {
		for (const screen of screens.splice(0)) screen.close();
		await stop();
	});
	afterAll(() => io.close());

	async function start(): Promise<void> {
		work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
		const visitor = { sessionId: 's', principal: DUTY };
		hub = hubOver(io, database(), work, {
			visitorOf: () => visitor,
			recheck: () => Promise.resolve(visitor),
			move: () => Promise.resolve({ ok: false, reason: 'offline' }),
			seen: () => Promise.resolve(),
		});
	}

	async function stop(): Promise<void> {
		hub.close();
		await work.close();
		expect(work.faults).toEqual([]);
	}

	const told = (type: 'alarm:raised' | 'alarm:changed', no: number): NewEvent => ({
		...{ at: work.now, type, subject: { kind: 'alarm', id: `A-${no}`, townCode: TOWN } },
		data: {
			id: `A-${no}`,
			revision: type === 'alarm:raised' ? 1 : 2,
			handling: type === 'alarm:raised' ? 'new' : 'closed',
		},
	});

	/** Some alarms are raised and as many earlier ones closed, in one transaction. */
	const written = (from: number) =>
		transaction(database().alarm, (tx) =>
			appendEvents(
				tx,
				Array.from({ length: BATCH }, (_, i) => from + i).flatMap((no) => [
					told('alarm:raised', no),
					...(no >= OPEN ? [told('alarm:changed', no - OPEN)] : []),
				]),
			),
		);

	test(`show each of ${ALARMS} alarms once, through ${DROPS} broken lines and ${RESTARTS} starts of the server`, async () => {
		for (let i = 0; i < SCREENS; i++) screens.push(new Screen(url));
		await vi.waitFor(() => expect(screens.map(({ pictures }) => pictures)).toEqual([1, 1, 1, 1]), WITHIN_MS);
		const random = seeded(ALARMS);
		const batches = ALARMS / BATCH;
		const isDue = (batch: number, times: number) =>
			Math.floor(((batch + 1) * times) / batches) > Math.floor((batch * times) / batches);
		for (let batch = 0; batch < batches; batch++) {
			const events = await written(batch * BATCH);
			if (isDue(batch, RESTARTS)) {
				// Stored, and the server is gone before anybody was told.
				await stop();
				await start();
			} else work.live.feed.announce(events);
			if (isDue(batch, DROPS)) screens[Math.floor(random.next() * SCREENS)]!.drop();
			await sleep(5);
		}

		const all = Array.from({ length: ALARMS }, (_, no) => `A-${no}`);
		const end = work.live.feed.cursor;
		await vi.waitFor(() => expect(screens.map(({ cursor }) => cursor.at)).toEqual([end, end, end, end]), WITHIN_MS);
		for (const { told, alarms, pictures } of screens) {
			// Nobody was so far behind that a new picture had to stand for what was missed.
			expect(pictures).toBe(1);
			expect(told.size).toBe(ALARMS);
			expect(all.filter((id) => told.get(id) !== 1)).toEqual([]);
			expect([...alarms.standing.keys()].sort()).toEqual(all.slice(-OPEN).sort());
		}
	}, 1_200_000);
});
