// The embedded database as the program sees it: joins the engine that serves a data folder, or starts one, and starts
// another when it is gone. The engine is a process of its own, so that it blocks nobody and outlives no one.

import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { dirname } from 'node:path';
import pg from 'pg';
import { storageRules } from '#db/rules/storage.ts';
import { Fault, type FaultCode } from '../errors.ts';
import type { EngineFailure, EngineOrder } from './engine.ts';
import { placeOf, SOCKET_PORT, socketFolder, type Place } from './engine/place.ts';
import { programFolder } from '../program-folder.ts';
import { programArgs } from '../program.ts';
import { holderOf } from './lock.ts';

/** Where pg connects to. */
export interface EngineAddress {
	host: string;
	port: number;
	password?: string;
}

export interface EmbeddedEngine {
	durability: 'fsync' | 'relaxed';
	address(): EngineAddress;
	/** Joins or starts an engine if none answers; callers at the same time share one attempt. */
	ensure(): Promise<void>;
	/** Lets go of it; it ends by itself when nobody else is connected. */
	close(): void;
}

export interface EmbeddedOptions {
	dataDir: string;
	durable?: boolean;
	loopback?: boolean;
	log?: (line: string) => void;
}

const POLL_MS = 50;
/** The first opening builds the database; on a slow machine that takes its time. */
const PATIENCE_MS = 180_000;

/** @throws Fault when the folder is damaged, held by another, or the engine does not start */
export async function startOrJoin(options: EmbeddedOptions): Promise<EmbeddedEngine> {
	const { dataDir, durable = true, loopback = process.platform === 'win32', log = () => undefined } = options;
	const place = placeOf(dataDir);
	fs.mkdirSync(place.folder, { recursive: true, mode: 0o700 });

	let child: ChildProcess | undefined;
	let failure: Fault | undefined;
	let attempt: Promise<void> | undefined;
	let closed = false;
	let durability: 'fsync' | 'relaxed' = 'relaxed';

	function address(): EngineAddress {
		if (!loopback) return { host: socketFolder(place), port: SOCKET_PORT };
		const { port = '0', password = '' } = holderOf(place.lock)?.note ?? {};
		return { host: '127.0.0.1', port: Number(port), password };
	}

	async function joinOrStart(): Promise<void> {
		const until = performance.now() + PATIENCE_MS;
		failure = undefined;
		while (performance.now() < until) {
			const answer = await knock(address());
			if (answer.open) {
				durability = answer.durability;
				dismissIdleChild();
				return;
			}
			if (failure && !child) throw failure;
			if (answer.refused) throw new Fault('database-down', place.folder, answer.refused);
			if (!child && !holderOf(place.lock)) child = start();
			await new Promise((wait) => setTimeout(wait, POLL_MS));
		}
		throw new Fault('database-down', place.folder, '内置数据库没有应答 · The embedded database does not answer.');
	}

	/** Another program's engine was faster; ours still waits for the lock. */
	function dismissIdleChild(): void {
		if (!child || holderOf(place.lock)?.pid === child.pid) return;
		child.removeAllListeners('exit').kill();
		child = undefined;
	}

	function start(): ChildProcess {
		requireRoom(place);
		log('内置数据库启动中 · Starting the embedded database');
		const order: EngineOrder = { dataDir, durable, loopback };
		const errors = fs.openSync(place.log, 'a', 0o600);
		const started = spawn(
			process.execPath,
			[...programArgs('src/lib/server/db/engine.ts'), JSON.stringify(order)],
			// A group of its own: Ctrl-C in the terminal is for the program, which then ends the engine in good order.
			{ cwd: programFolder(), detached: true, stdio: ['ignore', 'ignore', errors, 'ipc'] },
		);
		fs.closeSync(errors);
		started.on('message', (message: EngineFailure) => {
			failure = new Fault(message.failed.code as FaultCode, place.folder, message.failed.message);
		});
		started.on('exit', (code) => {
			if (child === started) child = undefined;
			if (code !== 0) failure ??= endedFault(place, code);
			if (!closed && code !== 0) log(`内置数据库进程结束（${code ?? '被终止'}） · The embedded database ended`);
		});
		started.unref();
		started.channel?.unref();
		return started;
	}

	async function ensure(): Promise<void> {
		if (closed) throw new Fault('database-down', place.folder, '数据库已关闭 · The database is closed.');
		attempt ??= joinOrStart().finally(() => (attempt = undefined));
		return attempt;
	}

	await ensure();
	return {
		get durability() {
			return durability;
		},
		address,
		ensure,
		close() {
			closed = true;
			if (child?.connected) child.disconnect();
		},
	};
}

type Answer = { open: true; durability: 'fsync' | 'relaxed' } | { open: false; refused?: string };

/** Tries the door once. */
async function knock({ host, port, password }: EngineAddress): Promise<Answer> {
	const client = new pg.Client({ host, port, password, user: 'postgres', database: 'postgres', ssl: false });
	let durability: 'fsync' | 'relaxed' = 'relaxed';
	client.on('error', () => undefined);
	const connection = (client as unknown as { connection: NodeJS.EventEmitter }).connection;
	connection.on('parameterStatus', (status: { parameterName: string; parameterValue: string }) => {
		if (status.parameterName === 'sitewatch.durability') durability = status.parameterValue as typeof durability;
	});
	try {
		await client.connect();
		return { open: true, durability };
	} catch (error) {
		const { code, message } = error as { code?: string; message: string };
		return code === '28P01' ? { open: false, refused: message } : { open: false };
	} finally {
		await client.end().catch(() => undefined);
	}
}

function endedFault(place: Place, code: number | null): Fault {
	if (roomBelow(place.folder) < PAGE_BYTES) return noRoom(place, 0);
	return new Fault(
		'database-down',
		place.folder,
		`内置数据库未能启动（${code ?? '被终止'}），见 ${place.log} · The embedded database did not start, see ${place.log}`,
	);
}

/** A database that is cut off half-made is of no use; one that is there opens as long as a page can be written. */
function requireRoom(place: Place): void {
	const needed = fs.existsSync(place.cluster) ? PAGE_BYTES : storageRules.roomToBegin.value;
	if (roomBelow(place.folder) < needed) throw noRoom(place, needed);
}

/** Bytes this user may still write where the folder is, or will be. */
function roomBelow(folder: string): number {
	let there = folder;
	while (!fs.existsSync(there)) there = dirname(there);
	const { bavail, bsize } = fs.statfsSync(there);
	return bavail * bsize;
}

/** What a database must be able to write at the very least. */
const PAGE_BYTES = 8192;

function noRoom({ folder }: Place, needed: number): Fault {
	const mib = Math.ceil(needed / 1024 / 1024);
	return new Fault(
		'disk-full',
		folder,
		`磁盘空间不足：${folder} 所在磁盘至少需要 ${mib} MiB 可用空间 · There is no room on the disk of ${folder}: at least ${mib} MiB must be free.`,
	);
}
