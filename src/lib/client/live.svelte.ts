// What is true now, fed by the socket; the only writer of live state. Panels and the map read it.
//
//   const live = new LiveBoard();  onMount(() => live.follow());

import type { Board } from '#lib/contract/board.ts';
import type { AlarmMessage, EventMessage, MoveAnswer, MoveRequest, Pulse } from '#lib/contract/events.ts';
import type { HotWorkPin } from '#lib/contract/hot-work.ts';
import type { Level } from '#lib/domain/level.ts';
import type { PictureColumns } from '#lib/domain/picture/columns.ts';
import { isQuiet } from './live/alarm-quiet.ts';
import { BoardIndex } from './live/board-index.ts';
import { connect, type Connection } from './live/connection.ts';
import { startDecoder, type Decoded, type Decoder } from './live/decoder.ts';
import { EventCursor } from './live/event-cursor.ts';
import { HotWorkPins } from './live/hot-work-pins.ts';
import { OpenAlarms } from './live/open-alarms.ts';
import { PictureStore, type Changes } from './live/picture-store.ts';
import { registerOverHttp, type Register } from './live/register.ts';
import { keepNewest } from './live/ring.ts';
import { ServerClock, type Moment } from './live/server-clock.ts';

/** `behind`: connected, but the log holds events this page has not shown. `lost`: cut, or silent for too long. */
export type ConnectionState = 'connecting' | 'live' | 'behind' | 'lost';

const RECENT = 200;
/** The server sends a pulse every few seconds; silence this long means that the line is dead (F-31 asks for 15 s). */
const SILENCE_MS = 15_000;
/** After being away this long the whole picture is cheaper than what was missed. */
const AWAY_MS = 10_000;
const TICK_MS = 1000;
/** A list of alarms that could not be read is asked for again. */
const READ_AGAIN_MS = 3000;
/** A thousand alarms acknowledged at once take the database seconds. */
const MOVE_MS = 20_000;

export class LiveBoard {
	board = $state.raw<Board | null>(null);
	/** The register by number and id; null until the board is here. */
	index = $state.raw<BoardIndex | null>(null);
	/** Replaced at most once per animation frame. The arrays inside are reused: read them, keep none. */
	columns = $state.raw<PictureColumns | null>(null);
	/** Alarms that are not closed, by id: also those that are over, shelved or suppressed. Replaced, never mutated. */
	standing = $state.raw<ReadonlyMap<string, AlarmMessage>>(new Map());
	/** False until the list of alarms was read: none of them then means nothing. */
	knowsAlarms = $state(false);
	/** Of these, the ones whose condition holds and that nothing keeps quiet. */
	readonly alarms: ReadonlyMap<string, AlarmMessage> = $derived(
		new Map([...this.standing].filter(([, alarm]) => alarm.clearedAt === null && !isQuiet(alarm))),
	);
	/** Welding machines that work, by device. Replaced, never mutated. */
	hotWork = $state.raw<ReadonlyMap<string, HotWorkPin>>(new Map());
	/** The newest events, oldest first. */
	recent = $state.raw<readonly EventMessage[]>([]);
	pulse = $state.raw<Pulse | null>(null);
	connection = $state<ConnectionState>('connecting');
	/** Events of the log this page has not shown yet. */
	behindBy = $state(0);
	/** Server time of the newest word from the server. */
	asOf = $state.raw<Date | null>(null);
	/** Whole seconds since the newest reading, or since the server last spoke where that is longer ago. */
	dataAgeS = $state(0);
	/** Why the session ended; the page asks to sign in again. */
	ended = $state<string | null>(null);
	/** The register or the alarm list could not be read. */
	fault = $state<string | null>(null);

	#register: Register;
	#store = new PictureStore();
	#cursor = new EventCursor();
	#alarms = new OpenAlarms();
	#hotWork = new HotWorkPins();
	#clock = new ServerClock();
	#connection: Connection | undefined;
	#decoder: Decoder | undefined;
	#frame = 0;
	#gathered: EventMessage[] = [];
	#alarmsChanged = false;
	#retriedAtMs = 0;
	#isAsked = false;
	#readAgain: ReturnType<typeof setTimeout> | undefined;

	constructor(register: Register = registerOverHttp()) {
		this.#register = register;
	}

	/** Opens the stream. @returns closes it */
	follow(): () => void {
		this.#decoder = startDecoder(
			(decoded) => this.takePicture(decoded),
			() => this.#askForPicture(),
		);
		this.#connection = connect(
			() => ({ cursor: this.#cursor.at }),
			() => this.#afterAway(),
		);
		this.#listen(this.#connection);
		void this.#readRegister();
		const ticker = setInterval(() => this.tick(now()), TICK_MS);
		return () => {
			clearInterval(ticker);
			cancelAnimationFrame(this.#frame);
			this.#frame = 0;
			this.#connection?.close();
			this.#decoder?.close();
		};
	}

	/** State of an object by register number, as far as it is fresh enough to be believed. */
	levelOf(no: number): Level {
		return this.#store.levelOf(no);
	}

	/** Seconds since an object's last reading; undefined when it never reported. */
	ageS(no: number): number | undefined {
		return this.#store.ageS(no, this.#clock.now(now()));
	}

	/** Row of an object in `columns`, or -1. */
	rowOf(no: number): number {
		return this.#store.rowOf(no);
	}

	/** The picture as of `revision`: up to a frame ahead of `columns`, and not reactive. For whoever draws rows. */
	get latest(): PictureColumns | null {
		return this.#store.columns;
	}

	/** Grows with every change of `latest`; with `changesSince` a layer touches only the rows that changed. */
	get revision(): number {
		return this.#store.revision;
	}

	changesSince(revision: number): Changes {
		return this.#store.changesSince(revision);
	}

	/** What time it is on the server, as far as it was heard: the clock of this machine may be wrong. */
	serverNow(): Date {
		const ms = this.#clock.now(now());
		return new Date(Number.isNaN(ms) ? Date.now() : ms);
	}

	/** A person's move; done is what the server has stored. */
	move(request: MoveRequest): Promise<MoveAnswer> {
		const socket = this.#connection?.socket;
		if (!socket?.connected) return Promise.resolve({ ok: false, reason: 'offline' });
		return socket
			.timeout(MOVE_MS)
			.emitWithAck('alarm:move', request)
			.catch(() => ({ ok: false, reason: 'no-answer' }) as const);
	}

	/** Tells the server which alarms are before the eyes. */
	seen(alarmIds: string[]): void {
		if (alarmIds.length > 0) this.#connection?.socket.volatile.emit('alarm:seen', alarmIds);
	}

	acknowledge(alarmId: string): Promise<{ ok: true } | { ok: false; reason: string }> {
		const socket = this.#connection?.socket;
		if (!socket?.connected) return Promise.resolve({ ok: false, reason: 'offline' });
		return socket
			.timeout(8000)
			.emitWithAck('alarm:acknowledge', alarmId)
			.catch(() => ({ ok: false, reason: 'no-answer' }) as const);
	}

	/** A decoded picture or state frame. */
	takePicture(decoded: Decoded): void {
		if (decoded.kind === 'state') {
			this.#heard(decoded.delta.takenAt);
			if (this.#store.apply(decoded.delta) > 0) this.#askForPicture();
		} else {
			const { picture, index } = decoded;
			this.#heard(picture.takenAt);
			this.#isAsked = false;
			this.#store.replace(picture, index);
			this.#cursor.jump(picture.cursor);
			this.#applyLevels([...this.recent, ...this.#gathered].filter((event) => event.seq > picture.cursor));
			void this.#readAlarms();
			void this.#readHotWork();
		}
		this.#soon();
	}

	/** A frame of events of the log. */
	takeEvents(frame: readonly EventMessage[]): void {
		const { events, askAfter } = this.#cursor.take(frame);
		if (askAfter !== undefined) this.#connection?.socket.emit('events:replay', askAfter);
		this.#applyLevels(events);
		if (this.#alarms.applyEvents(events)) this.#alarmsChanged = true;
		this.#hotWork.applyEvents(events);
		if (events.some(({ type }) => type === 'register:changed' || type.startsWith('import:'))) void this.#readRegister();
		this.#gathered = [...keepNewest(this.#gathered, events, RECENT)];
		this.#soon();
	}

	takePulse(pulse: Pulse): void {
		this.#heard(Date.parse(pulse.at));
		this.pulse = pulse;
		const askAfter = this.#cursor.compare(pulse.cursor);
		if (askAfter !== undefined) this.#connection?.socket.emit('events:replay', askAfter);
		this.#judge();
	}

	/** Once a second: what has gone stale, how old the data is, whether the line is dead. */
	tick(moment: Moment): void {
		const silentMs = this.#clock.silentMs(moment);
		this.#tellAge(moment);
		if (this.board) this.#store.sweep(this.#clock.now(moment), this.board.presence);
		if (silentMs > SILENCE_MS && moment.monotonicMs - this.#retriedAtMs > SILENCE_MS) this.#retry(moment);
		this.#judge();
		this.#soon();
	}

	#listen({ socket }: Connection): void {
		socket.on('connect', () => {
			if (this.#clock.silentMs(now()) > AWAY_MS) this.#askForPicture();
			this.#judge();
		});
		socket.on('disconnect', () => {
			this.#cursor.forgetQuestion();
			this.#isAsked = false;
			this.#judge();
		});
		socket.on('picture', (bytes) => this.#decoder?.decode({ kind: 'picture', bytes }));
		socket.on('state', (bytes) => this.#decoder?.decode({ kind: 'state', bytes }));
		socket.on('events', (events) => this.takeEvents(events));
		socket.on('pulse', (pulse) => this.takePulse(pulse));
		socket.on('session:ended', (reason) => {
			this.ended = reason;
			this.#connection?.close();
			this.#judge();
		});
	}

	#heard(serverMs: number): void {
		this.#clock.note(serverMs, now());
		this.asOf = new Date(serverMs);
		this.#tellAge(now());
	}

	/** A server that answers while its devices are silent has no data of now: the newest reading counts, not the last word. */
	#tellAge(moment: Moment): void {
		const ages = [this.#clock.silentMs(moment), this.#clock.now(moment) - this.#store.newestMs];
		this.dataAgeS = Math.floor(Math.max(0, ...ages.filter((ms) => !Number.isNaN(ms))) / 1000);
	}

	#judge(): void {
		const silent = this.#clock.silentMs(now());
		this.behindBy = Math.max(0, (this.pulse?.cursor ?? 0) - (this.#cursor.at ?? 0));
		if (!this.columns && !this.ended && !(silent > SILENCE_MS)) this.connection = 'connecting';
		else if (this.ended || !this.#connection?.socket.connected || silent > SILENCE_MS) this.connection = 'lost';
		else this.connection = this.behindBy > 0 ? 'behind' : 'live';
	}

	#afterAway(): void {
		const moment = now();
		if (this.#clock.silentMs(moment) > AWAY_MS) this.#retry(moment);
		if (this.fault) void this.#readRegister();
	}

	/** Once, until it comes. */
	#askForPicture(): void {
		const socket = this.#connection?.socket;
		if (this.#isAsked || !socket?.connected) return;
		this.#isAsked = true;
		socket.emit('picture:ask');
	}

	#retry({ monotonicMs }: Moment): void {
		this.#retriedAtMs = monotonicMs;
		this.#connection?.retryNow();
	}

	#applyLevels(events: readonly EventMessage[]): void {
		for (const { type, subject, data } of events)
			if (type === 'object:level' && subject.no !== undefined) this.#store.setLevel(subject.no, data['to'] as Level);
	}

	/** Shows what was gathered, once, in the next animation frame. */
	#soon(): void {
		if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#show());
	}

	#show(): void {
		this.#frame = 0;
		if (this.columns !== this.#store.columns) this.columns = this.#store.columns;
		if (this.#gathered.length) this.recent = keepNewest(this.recent, this.#gathered, RECENT);
		this.#gathered = [];
		if (this.#alarmsChanged) this.standing = this.#alarms.standing;
		this.#alarmsChanged = false;
		this.knowsAlarms = this.#alarms.isListed;
		if (this.hotWork !== this.#hotWork.pins) this.hotWork = this.#hotWork.pins;
		this.#judge();
	}

	async #readRegister(): Promise<void> {
		await this.#reading(async () => {
			const board = await this.#register.board();
			if (!board) return;
			this.index = new BoardIndex(board);
			this.#store.setIntervals(this.index.intervals);
			this.board = board;
		});
	}

	async #readAlarms(): Promise<void> {
		clearTimeout(this.#readAgain);
		const isRead = await this.#reading(async () => {
			if (await this.#alarms.read(() => this.#register.standingAlarms())) this.#alarmsChanged = true;
			this.#soon();
		});
		if (isRead) return;
		const line = this.#connection?.socket;
		clearTimeout(this.#readAgain);
		this.#readAgain = setTimeout(() => {
			if (line?.connected) void this.#readAlarms();
		}, READ_AGAIN_MS);
	}

	async #readHotWork(): Promise<void> {
		await this.#reading(async () => {
			await this.#hotWork.read(() => this.#register.hotWork());
			this.#soon();
		});
	}

	/** @returns whether it could be read */
	async #reading(read: () => Promise<void>): Promise<boolean> {
		try {
			await read();
			this.fault = null;
			return true;
		} catch (error) {
			this.fault = error instanceof Error ? error.message : String(error);
			return false;
		}
	}
}

function now(): Moment {
	return { wallMs: Date.now(), monotonicMs: performance.now() };
}
