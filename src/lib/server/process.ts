// What belongs to the process and outlives the app's modules: the socket server, and handlers that stand in front of
// the pages (telemetry, limits). `src/server.ts` and the built app hold two copies of every module, so the list is
// kept in a slot on globalThis.

import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { openSockets } from './sockets/io.ts';

/** Answers the request and returns true, or returns false and leaves it to the next. */
export type FrontHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

const KEY = Symbol.for('sitewatch.front');
type Slot = { [KEY]?: Map<string, FrontHandler> };

function front(): Map<string, FrontHandler> {
	return ((globalThis as Slot)[KEY] ??= new Map());
}

/** Sets the handler of that name, in place of the one an earlier load of the app has set. */
export function setFrontHandler(name: string, handler: FrontHandler): void {
	front().set(name, handler);
}

/** Offers a request to the front handlers in the order they were first set. */
export function answeredInFront(request: IncomingMessage, response: ServerResponse): boolean {
	for (const handler of front().values()) if (handler(request, response)) return true;
	return false;
}

const CLOSERS = Symbol.for('sitewatch.closers');
type ClosersSlot = { [CLOSERS]?: Map<string, () => Promise<void>> };

/** Says what must be closed before the process ends, in place of what an earlier load of the app has said. */
export function setCloser(name: string, close: () => Promise<void>): void {
	((globalThis as ClosersSlot)[CLOSERS] ??= new Map()).set(name, close);
}

export async function closeAll(): Promise<void> {
	const closers = (globalThis as ClosersSlot)[CLOSERS] ?? new Map<string, () => Promise<void>>();
	for (const [name, close] of [...closers].reverse()) {
		closers.delete(name);
		await close();
	}
}

/** Hangs sockets and front handlers on the HTTP server of the process, or on Vite's in development. */
export function attach(http: HttpServer): void {
	openSockets(http);
	const listeners = http.listeners('request') as ((req: IncomingMessage, res: ServerResponse) => void)[];
	http.removeAllListeners('request');
	http.on('request', (request, response) => {
		if (!answeredInFront(request, response)) for (const listener of listeners) listener(request, response);
	});
}

/** Tells what the process is doing: the script that started it while that lives, else the log. */
export function tellProgress(line: string, log: (line: string) => void): void {
	if (process.send && process.connected) process.send({ type: 'progress', line });
	else log(line);
}
