// The production process: one HTTP server for pages, API, telemetry and sockets. It owns what outlives a request:
// the port, the instance lock, and the order in which everything stops.

import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { doorRules } from '#db/rules/access.ts';
import { publicAddress } from '#lib/server/address.ts';
import { placeOfLinks } from '#lib/server/auth/links-file.ts';
import { readConfig, tellPages, type Config } from '#lib/server/config.ts';
import { acquireInstanceLock } from '#lib/server/db/lock.ts';
import { LARGEST_BODY } from '#lib/server/doors/bodies.ts';
import { limitConnections } from '#lib/server/doors/connections.ts';
import { openDoors, PROTOCOL_HEADER } from '#lib/server/doors/front.ts';
import { whileStarting } from '#lib/server/doors/while-starting.ts';
import { startWatchdog } from '#lib/server/operations/watchdog.ts';
import { attach, closeAll } from '#lib/server/process.ts';
import { programFolder } from '#lib/server/program-folder.ts';
import { sockets } from '#lib/server/sockets/io.ts';

const config = settings();
const lock = orSay(() => acquireInstanceLock(config.DATA_DIR, new Date()));

let stopWatchdog: () => void = () => undefined;
let pages: RequestListener = whileStarting;
const server = createServer((request, response) => pages(request, response));
limitConnections(server);
openDoors(config);
attach(server);
server.on('upgrade', ({ url }, socket) => {
	if (!url?.startsWith('/socket.io')) socket.destroy();
});

await listen();
stopOnSignals();
try {
	pages = await builtPages();
} catch (error) {
	// By name: the built pages carry their own copy of the class.
	await end(error instanceof Error && error.name === 'Fault' ? error.message : error);
}
const url = publicAddress(config);
lock.tell({ url });
stopWatchdog = startWatchdog(config);
if (process.send) process.send({ type: 'ready', url });
else tellOperator();

/** The links themselves do not belong into the journal of a service, where others read them. */
function tellOperator(): void {
	console.log(`就绪 · Ready: ${url}`);
	const links = placeOfLinks(config.DATA_DIR);
	if (links) console.log(`一次性登录链接在此文件中（仅本服务账户可读） · One-time sign-in links stand in: ${links}`);
}

/** The port is taken before anything is opened, so that a taken one is known at once and nothing has been touched. */
async function listen(): Promise<void> {
	await new Promise<void>((resolve) => {
		server.once('error', (error: NodeJS.ErrnoException) => void end(portSentence(error)));
		server.listen(config.PORT, config.HOST, resolve);
	});
	server.removeAllListeners('error');
}

/** Loads what `npm run build` made; loading it starts the runtime (hooks.server.ts). */
async function builtPages(): Promise<RequestListener> {
	tellPages({
		ORIGIN: config.ORIGIN || undefined,
		PROTOCOL_HEADER,
		BODY_SIZE_LIMIT: String(LARGEST_BODY),
	});
	const path = pathToFileURL(join(programFolder(), 'build/handler.js')).href;
	const { handler } = (await import(path)) as { handler: RequestListener };
	return handler;
}

function stopOnSignals(): void {
	let firstAt: number | undefined;
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		process.on(signal, () => {
			// A terminal sends Ctrl+C to the whole group and the starting script passes it on: that is still the first.
			if (firstAt === undefined) {
				firstAt = performance.now();
				void stop(0);
			} else if (performance.now() - firstAt > 1000) process.exit(1);
		});
	}
	for (const fault of ['uncaughtException', 'unhandledRejection'] as const) {
		process.on(fault, (error) => void end(error));
	}
}

/** Takes no new requests, lets those under way end, closes sockets and the runtime, gives the lock back. */
async function stop(code: number): Promise<never> {
	setTimeout(() => process.exit(1), doorRules.stopWithin.value * 1000).unref();
	stopWatchdog();
	const emptied = new Promise((resolve) => server.close(resolve));
	server.closeIdleConnections();
	sockets().disconnectSockets(true);
	await closeAll();
	server.closeIdleConnections();
	await emptied;
	lock.release();
	process.exit(code);
}

async function end(problem: unknown): Promise<never> {
	console.error(problem);
	return stop(1).catch(() => process.exit(1));
}

function settings(): Config {
	return orSay(() => readConfig());
}

function orSay<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	}
}

function portSentence(error: NodeJS.ErrnoException): unknown {
	const { HOST, PORT } = config;
	if (error.code === 'EADDRINUSE') {
		return `端口 ${PORT} 已被其他程序占用，请用 PORT=… 换一个 · Port ${PORT} on ${HOST} is in use by another program; choose another with PORT=….`;
	}
	if (error.code === 'EACCES') return `没有权限使用端口 ${PORT} · No permission to listen on port ${PORT}.`;
	if (error.code === 'EADDRNOTAVAIL') return `本机没有地址 ${HOST} · This machine has no address ${HOST}.`;
	return error;
}
