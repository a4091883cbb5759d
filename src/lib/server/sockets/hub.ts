// The browsers that are connected: who may see what, what they have, what they get. Events go to everybody who may
// see them, in order and replayed after a cut; moving state goes out several times a second and may be dropped.

import type { Socket } from 'socket.io';
import * as v from 'valibot';
import { MoveRequest, type MoveAnswer } from '#lib/contract/alarm.ts';
import type { ClientToServer, EventMessage, Pulse, ServerToClient, SocketAuth } from '#lib/contract/events.ts';
import { scopeOf } from '#lib/domain/access/authorize.ts';
import { isToldNames, type Principal } from '#lib/domain/access/principal.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { eventWithoutNames } from '../alarms/without-names.ts';
import type { Visitor } from '../auth/access.ts';
import type { Db } from '../db/connection.ts';
import type { EventFeed } from '../events/feed.ts';
import { replayAfter } from '../events/log.ts';
import type { LiveState } from '../live/live-state.ts';
import type { PictureWall } from '../live/picture-wall.ts';
import { Places } from '../live/places.ts';
import { scopeName } from '../live/scope-name.ts';
import type { Io, SocketData } from './io.ts';
import { atMostEvery } from './at-most-every.ts';
import { turns } from './in-turn.ts';
import { asBuffer, sendState } from './one-write.ts';
import { paced } from './paced.ts';
import { Pictures } from './pictures.ts';
import { deltaBytes, toldIn, type Room } from './rooms.ts';

type HubSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

export interface HubParts {
	io: Io;
	state: LiveState;
	feed: EventFeed;
	read: Db;
	/** The same for what is asked in somebody's name: behind the second wall where there is one. */
	scoped: (scope: Scope) => Db;
	/** Asked before a picture is cut; undefined: there is no second wall. */
	wall?: PictureWall | undefined;
	/** As the door found them at the handshake. */
	visitorOf: (socket: HubSocket) => Visitor | undefined;
	/** Asks again whether a session is still open, and with which rights. */
	recheck: (socket: HubSocket) => Promise<Visitor | null>;
	pulse: (scope: Scope, cursor: number) => Pulse;
	move: (visitor: Visitor, request: MoveRequest) => Promise<MoveAnswer>;
	/** A person has alarms before the eyes; `device` is what the browser says it is. */
	seen: (visitor: Visitor, alarmIds: readonly string[], device: string) => Promise<void>;
	onFault: (error: unknown) => void;
	now: () => number;
}

export interface Hub {
	/** To be called after the commit of whoever appended events. */
	announce(events: readonly EventMessage[]): void;
	endSessions(sessionIds: readonly string[], reason?: string): void;
	/** Asks for all sessions of a person at once whether they are still what they were. */
	recheckPerson(personId: string): void;
	connections(): number;
	/** Events told again to browsers that had missed them. */
	replayed(): number;
	close(): void;
}

/** Moving state goes out so often; where that is much to many, less often, at least once a second. */
const STATE = { everyMs: 100, atMostMs: 1000, share: 0.1 };
const PULSE_EVERY_MS = 2000;
/** Sessions are looked at in turn: each at least so often, some of them each time. */
const RECHECK = { withinMs: 4000, everyMs: 200 };
/** Above so many events a new picture is cheaper than telling them all. */
const REPLAY_MOST = 2000;
const PAGE = 500;
/** Packets waiting for a browser that does not take them; it is cut and comes back with its cursor. */
const WAITING_MOST = 256;
const ASK_EVERY_MS = 500;
/** A page says at most this often what it shows, and at most so many. */
const SEEN_EVERY_MS = 1000;
const SEEN_MOST = 200;

export function startHub(parts: HubParts): Hub {
	const { io, state, feed, read, onFault, now } = parts;
	const rooms = new Map<string, Room>();
	const { wall } = parts;
	const places = new Places(state, wall);
	const pictures = new Pictures(state, places);
	let version = state.version;
	let replayed = 0;

	function roomOf(principal: Principal): Room {
		const name = roomName(principal);
		const own = { scope: scopeOf(principal), isToldNames: isToldNames(principal) };
		let room = rooms.get(name);
		if (!room) rooms.set(name, (room = { name, ...own, cursor: feed.cursor }));
		return room;
	}

	function sendPicture(socket: HubSocket, scope: Scope): void {
		socket.emit('picture', asBuffer(pictures.of(scope, now(), feed.cursor)));
	}

	/** Sends what lies behind the cursor and lets the socket into its room at the very moment it has everything. */
	async function bringUp(socket: HubSocket, cursor: number | undefined): Promise<void> {
		const { principal } = socket.data;
		const scope = scopeOf(principal);
		await wall?.ask(scope);
		let at = cursor;
		for (let sent = 0; at !== undefined && at !== feed.cursor && sent <= REPLAY_MOST;) {
			const replay = await replayAfter(read, at, PAGE, scope, parts.scoped(scope));
			if (!socket.connected) return;
			if (!replay.ok) break;
			if (replay.events.length > 0) socket.emit('events', asTold(principal, replay.events));
			sent += replay.events.length;
			replayed += replay.events.length;
			at = replay.next;
			// The log is ahead of what was handed on here.
			if (at > feed.cursor) await feed.catchUp();
		}
		if (at !== feed.cursor) sendPicture(socket, scope);
		await socket.join(roomOf(principal).name);
	}

	function welcome(socket: HubSocket): void {
		const visitor = parts.visitorOf(socket);
		if (!visitor) return void socket.disconnect(true);
		socket.data.principal = visitor.principal;
		socket.data.sessionId = visitor.sessionId;
		void socket.join(sessionRoom(visitor.sessionId));
		const scope = scopeOf(visitor.principal);
		const { cursor } = socket.handshake.auth as SocketAuth;
		const asked = Number.isSafeInteger(cursor) && cursor! >= 0 ? cursor : undefined;
		bringUp(socket, asked).catch((error: unknown) => {
			onFault(error);
			// The log cannot be read; the picture is in memory.
			sendPicture(socket, scope);
			void socket.join(roomOf(visitor.principal).name);
		});
		listen(socket);
	}

	function listen(socket: HubSocket): void {
		const mayAsk = atMostEvery(ASK_EVERY_MS, now);
		socket.on('picture:ask', () => {
			if (mayAsk()) sendPicture(socket, scopeOf(socket.data.principal));
		});
		socket.on('events:replay', (after) => {
			if (!Number.isSafeInteger(after) || after < 0) return;
			replay(socket, after).catch(onFault);
		});
		const visitor = (): Visitor => ({ sessionId: socket.data.sessionId, principal: socket.data.principal });
		const moved = (request: MoveRequest): Promise<MoveAnswer> =>
			parts.move(visitor(), request).catch((error: unknown) => {
				onFault(error);
				return { ok: false, reason: 'database-down' };
			});
		socket.on('alarm:acknowledge', (alarmId, reply) => {
			if (typeof alarmId !== 'string' || typeof reply !== 'function') return;
			void moved({ move: 'acknowledge', alarms: [alarmId] }).then((answer) => {
				const refusal = answer.ok ? answer.refused[0]?.reason : answer.reason;
				reply(refusal === undefined ? { ok: true } : { ok: false, reason: refusal });
			});
		});
		socket.on('alarm:move', (asked, reply) => {
			if (typeof reply !== 'function') return;
			const request = v.safeParse(MoveRequest, asked);
			if (request.success) void moved(request.output).then(reply);
			else reply({ ok: false, reason: request.issues[0].message });
		});
		const maySay = atMostEvery(SEEN_EVERY_MS, now);
		socket.on('alarm:seen', (ids) => {
			if (!Array.isArray(ids) || ids.length > SEEN_MOST || !ids.every((id) => typeof id === 'string') || !maySay())
				return;
			const agent = String(socket.request.headers['user-agent'] ?? '');
			parts.seen(visitor(), ids, agent).catch(onFault);
		});
	}

	/** Always answers, if only with an empty list: the browser waits for it. */
	async function replay(socket: HubSocket, after: number): Promise<void> {
		const { principal } = socket.data;
		const scope = scopeOf(principal);
		let cursor = after;
		for (let sent = 0; sent <= REPLAY_MOST;) {
			const found = await replayAfter(read, cursor, PAGE, scope, parts.scoped(scope));
			if (!found.ok) break;
			socket.emit('events', asTold(principal, found.events));
			replayed += found.events.length;
			if (!found.more) return;
			sent += found.events.length;
			cursor = found.next;
		}
		sendPicture(socket, scope);
	}

	/** To the browsers of this process only: every process follows the log and tells its own. */
	function tell(events: readonly EventMessage[]): void {
		for (const room of rooms.values()) {
			const own = toldIn(room, events, places);
			if (own.length === 0) continue;
			room.cursor = own.at(-1)!.seq;
			io.local.to(room.name).emit('events', own);
		}
	}

	async function sendNewPicture(name: string, scope: Scope): Promise<void> {
		await wall?.ask(scope).catch(onFault);
		io.local.to(name).emit('picture', asBuffer(pictures.of(scope, now(), feed.cursor)));
	}

	function sendChanges(): void {
		const changed = state.takeChanged();
		const hasNewRegister = version !== state.version;
		version = state.version;
		pictures.forget();
		if (changed.length === 0 && !hasNewRegister) return;
		const nowMs = now();
		for (const { name, scope } of rooms.values()) {
			if (!io.sockets.adapter.rooms.has(name)) rooms.delete(name);
			else if (hasNewRegister) void sendNewPicture(name, scope);
			else {
				const bytes = deltaBytes(state, places, scope, changed, nowMs, feed.cursor);
				if (bytes) sendState(io, name, bytes);
			}
		}
	}

	function sendPulse(): void {
		for (const { name, scope, cursor } of rooms.values())
			io.local.to(name).volatile.emit('pulse', parts.pulse(scope, cursor));
		for (const socket of io.sockets.sockets.values()) if (waitingFor(socket) > WAITING_MOST) socket.disconnect(true);
	}

	/** A session that ended, or whose person may see something else now. */
	async function look(socket: HubSocket): Promise<void> {
		const visitor = await parts.recheck(socket);
		if (!socket.connected) return;
		if (!visitor) return endSessions([socket.data.sessionId]);
		const before = roomName(socket.data.principal);
		socket.data.principal = visitor.principal;
		if (before === roomName(visitor.principal)) return;
		await wall?.ask(scopeOf(visitor.principal)).catch(onFault);
		await socket.leave(before);
		sendPicture(socket, scopeOf(visitor.principal));
		await socket.join(roomOf(visitor.principal).name);
	}

	const nextOf = turns<HubSocket>(RECHECK);
	function lookAtSome(): void {
		for (const socket of nextOf(io.sockets.sockets.values(), now()))
			if (socket.data.sessionId) look(socket).catch(onFault);
	}

	function endSessions(sessionIds: readonly string[], reason = 'revoked'): void {
		for (const id of sessionIds) {
			io.local.to(sessionRoom(id)).emit('session:ended', reason);
			io.local.in(sessionRoom(id)).disconnectSockets(true);
		}
	}

	io.removeAllListeners('connection');
	io.local.disconnectSockets(true);
	io.on('connection', welcome);
	const stopListening = feed.listen(tell);
	const stopState = paced(sendChanges, STATE);
	const timers = [setInterval(sendPulse, PULSE_EVERY_MS), setInterval(lookAtSome, RECHECK.everyMs)];

	return {
		announce: (events) => feed.announce(events),
		endSessions,
		recheckPerson(personId) {
			for (const socket of io.sockets.sockets.values()) {
				const { principal } = socket.data;
				if (principal?.kind === 'person' && principal.id === personId) look(socket).catch(onFault);
			}
		},
		connections: () => io.sockets.sockets.size,
		replayed: () => replayed,
		close() {
			stopState();
			timers.forEach(clearInterval);
			stopListening();
			io.removeAllListeners('connection');
			io.local.disconnectSockets(true);
		},
	};
}

const roomName = (principal: Principal) =>
	`${scopeName(scopeOf(principal))}${isToldNames(principal) ? '' : '|nobody named'}`;

const asTold = (principal: Principal, events: EventMessage[]) =>
	isToldNames(principal) ? events : events.map(eventWithoutNames);

const sessionRoom = (sessionId: string) => `session:${sessionId}`;

/** Packets engine.io holds back because the browser does not take them. */
function waitingFor(socket: HubSocket): number {
	const { writeBuffer } = socket.conn as unknown as { writeBuffer: unknown[] };
	return writeBuffer.length;
}
