// The process of the embedded database: `engine '{"dataDir": …}'`. Owns the folder by its lock,
// opens the engine, listens, and ends in good order a little after its last client and its starter have left.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import { storageRules } from '#db/rules/storage.ts';
import { Fault } from '../errors.ts';
import { openBackend } from './engine/backend.ts';
import { openFront } from './engine/front.ts';
import { damaged, prepareCluster, readManifest, systemOf, writeManifest } from './engine/manifest.ts';
import { placeOf, socketFolder, socketPath } from './engine/place.ts';
import { createStatus } from './engine/status.ts';
import { syncTree } from './engine/sync.ts';
import { acquireLock, type Lock } from './lock.ts';

/** What the starter passes. */
export interface EngineOrder {
	dataDir: string;
	durable: boolean;
	/** Listen on a loopback port with a password, where the system knows no sockets that pg can use. */
	loopback: boolean;
}

/** What the starter hears over its pipe when the engine cannot start. */
export interface EngineFailure {
	failed: { code: string; message: string };
}

const order = JSON.parse(process.argv[2] ?? '{}') as EngineOrder;
const place = placeOf(order.dataDir);
const seconds = (rule: { value: number }): number => rule.value * 1000;

/** Above this the log of earlier runs is set aside once. */
const LOG_BYTES = 1_000_000;

fs.mkdirSync(place.folder, { recursive: true, mode: 0o700 });
if ((fs.statSync(place.log, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES)
	fs.renameSync(place.log, `${place.log}.old`);
const log = (line: string): void => {
	fs.appendFileSync(place.log, `${new Date().toISOString()} ${process.pid} ${line}\n`);
};

let failing = false;
try {
	await serve();
} catch (error) {
	fail(error);
}

async function serve(): Promise<void> {
	const folder = order.loopback ? '' : socketFolder(place);
	const password = order.loopback ? randomBytes(24).toString('base64url') : undefined;
	const lock = await lockPatiently(password ? { password } : { socket: folder });

	process.on('exit', () => lock.release());

	let clients = 0;
	let started = process.connected;
	let lingering: NodeJS.Timeout | undefined;
	let ending = false;
	let ready = false;

	const manifest = prepareCluster(place, new Date());
	const status = createStatus(place);
	const backend = openBackend({
		folder: place.cluster,
		durable: order.durable,
		closeMs: seconds(storageRules.engineClose),
		attempts: storageRules.engineAttempts.value,
		log,
		onReopened: (why) => status.reopened(why, new Date()),
		onGone: (error) => {
			fail(ready || manifest.state === 'creating' ? error : damaged(place, error.message));
		},
	});
	const front = openFront({
		backend,
		password,
		settings: ({ durable }) => ({
			client_encoding: 'UTF8',
			DateStyle: 'ISO, YMD',
			TimeZone: 'UTC',
			integer_datetimes: 'on',
			standard_conforming_strings: 'on',
			'sitewatch.durability': durable ? 'fsync' : 'relaxed',
		}),
		swallowedLimit: storageRules.swallowedLimit.value,
		statementMs: seconds(storageRules.storing),
		idleInTransactionMs: seconds(storageRules.idleInTransaction),
		log,
		onSwallowed: () => status.swallowed(),
		onClients: (count) => {
			clients = count;
			linger();
		},
	});

	function linger(): void {
		clearTimeout(lingering);
		if (clients === 0 && !started && ready) {
			lingering = setTimeout(() => void end('nobody is connected'), seconds(storageRules.engineLinger));
		}
	}

	async function end(why: string): Promise<void> {
		if (ending) return;
		ending = true;
		log(`ends: ${why}`);
		await front.close();
		const clean = await backend.close();
		const last = readManifest(place);
		if (clean && last) writeManifest(place, { ...last, lastCleanShutdown: new Date().toISOString() });
		log(clean ? 'ended cleanly' : 'ended the hard way');
		process.exit(0);
	}

	process.on('disconnect', () => {
		started = false;
		linger();
	});
	process.on('SIGTERM', () => void end('SIGTERM'));
	process.on('SIGINT', () => void end('SIGINT'));
	process.on('SIGHUP', () => undefined);

	await backend.thread();
	if (manifest.state === 'creating') {
		// What was copied in to begin with has not been synced by the engine.
		syncTree(place.cluster);
		writeManifest(place, { ...manifest, state: 'ready', system: systemOf(place) });
	}
	await listen();
	ready = true;
	log('ready');
	linger();

	/** Only when the database is open, so that whoever gets in is served. */
	async function listen(): Promise<void> {
		const { server } = front;
		if (folder) fs.rmSync(socketPath(folder), { force: true });
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			if (folder) server.listen(socketPath(folder), resolve);
			else server.listen(0, '127.0.0.1', resolve);
		});
		if (folder) fs.chmodSync(socketPath(folder), 0o600);
		else lock.tell({ port: String((server.address() as AddressInfo).port) });
	}
}

/** An engine that is just ending still holds the lock; one that stays is a fault. */
async function lockPatiently(note: Record<string, string>): Promise<Lock> {
	const until = performance.now() + seconds(storageRules.engineClose);
	for (;;) {
		try {
			return acquireLock(place.lock, 'embedded database', new Date(), note);
		} catch (error) {
			if (!(error instanceof Fault) || performance.now() > until) throw error;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}

function fail(error: unknown): void {
	const { code, message } =
		error instanceof Fault
			? error
			: { code: 'database-down', message: error instanceof Error ? error.message : String(error) };
	if (failing) return;
	failing = true;
	log(`failed: ${message}`);
	const failure: EngineFailure = { failed: { code, message } };
	if (process.connected) process.send?.(failure, () => process.exit(1));
	else process.exit(1);
}
