// The socket and everything that can be wrong with it: cut, half open, asleep. Keeps trying with jitter, and at once
// when the network comes back, the page is looked at again, or the clock jumped.

import { io, type Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient, SocketAuth } from '#lib/contract/events.ts';

export type BoardSocket = Socket<ServerToClient, ClientToServer>;

const RETRY = { reconnectionDelay: 500, reconnectionDelayMax: 8000, randomizationFactor: 0.5, timeout: 8000 };
const TICK_MS = 1000;
/** A tick this late means that the page or the machine slept. */
const SLEPT_MS = 5000;

export interface Connection {
	socket: BoardSocket;
	/** Cuts the socket and opens it again now, whatever it waited for. */
	retryNow: () => void;
	close: () => void;
}

/** @param onwake - the page may have missed something: it was asleep, hidden or without network */
export function connect(auth: () => SocketAuth, onwake: () => void): Connection {
	const socket: BoardSocket = io({ ...RETRY, path: '/socket.io', auth: (send) => send(auth()) });
	let closed = false;
	let lastTick = Date.now();

	const retryNow = () => {
		if (!closed) socket.disconnect().connect();
	};
	const wake = () => {
		if (!socket.connected) retryNow();
		onwake();
	};
	const onvisible = () => document.visibilityState === 'visible' && wake();
	const ticker = setInterval(() => {
		const slept = Math.abs(Date.now() - lastTick - TICK_MS) > SLEPT_MS;
		lastTick = Date.now();
		if (slept) wake();
	}, TICK_MS);
	addEventListener('online', wake);
	document.addEventListener('visibilitychange', onvisible);
	// A server that closes the socket itself (restart, deployment) is not retried by the library.
	socket.on('disconnect', (reason) => {
		if (reason === 'io server disconnect') setTimeout(retryNow, RETRY.reconnectionDelay * (0.5 + Math.random()));
	});

	return {
		socket,
		retryNow,
		close() {
			closed = true;
			clearInterval(ticker);
			removeEventListener('online', wake);
			document.removeEventListener('visibilitychange', onvisible);
			socket.removeAllListeners();
			socket.disconnect();
		},
	};
}
