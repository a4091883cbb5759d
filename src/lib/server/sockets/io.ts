// The socket server belongs to the process, its handlers to the app. In development the app is reloaded
// many times inside one process; attaching a second server to the same HTTP server would crash it.

import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { ClientToServer, ServerToClient } from '#lib/contract/events.ts';
import type { Principal } from '#lib/domain/access/principal.ts';

export interface SocketData {
	principal: Principal;
	sessionId: string;
}
export type Io = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

const KEY = Symbol.for('sitewatch.sockets');
type Slot = { [KEY]?: Io };

/** Called by whoever owns the HTTP server: `src/server.ts` in production, the Vite plugin in development. */
export function openSockets(http: HttpServer): Io {
	const slot = globalThis as Slot;
	return (slot[KEY] ??= new Server(http, {
		serveClient: false,
		destroyUpgrade: false,
		perMessageDeflate: false,
		maxHttpBufferSize: 16 * 1024,
	}));
}

export function sockets(): Io {
	const io = (globalThis as Slot)[KEY];
	if (!io) throw new Error('No socket server: start with src/server.ts or vite dev.');
	return io;
}
