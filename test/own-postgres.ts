// A PostgreSQL cluster of the test's own, made with initdb in a folder of its own: the only one a test may kill. Runs
// as another user where the test runs as root, which PostgreSQL refuses.

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface OwnPostgres {
	url: string;
	start(): Promise<void>;
	/** SIGKILL to the server and to every process of it. */
	kill(): Promise<void>;
	remove(): Promise<void>;
}

/** The folder of PostgreSQL's programs, newest first; undefined where it is not installed. */
export function postgresPrograms(): string | undefined {
	const root = '/usr/lib/postgresql';
	const versions = fs.existsSync(root)
		? fs
				.readdirSync(root)
				.map(Number)
				.sort((a, b) => b - a)
		: [];
	return versions
		.map((version) => join(root, String(version), 'bin'))
		.find((bin) => fs.existsSync(join(bin, 'initdb')));
}

export async function ownPostgres(): Promise<OwnPostgres> {
	const place = newPlace();
	place.run('initdb', ['-D', place.data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale']);
	return serve(place);
}

/** A replica that follows a primary by its log: a base backup of it, started as a standby. */
export async function replicaOf(primary: OwnPostgres): Promise<OwnPostgres> {
	const place = newPlace();
	// `-R` notes whom it follows; `-X stream` brings the log that is written meanwhile.
	place.run('pg_basebackup', ['-D', place.data, '-d', primary.url, '-R', '-X', 'stream', '--checkpoint=fast']);
	return serve(place);
}

interface Place {
	bin: string;
	folder: string;
	data: string;
	user: { uid?: number; gid?: number };
	run(program: string, args: string[]): void;
}

function newPlace(): Place {
	const bin = postgresPrograms();
	if (!bin) throw new Error('PostgreSQL is not installed: apt-get install postgresql postgresql-15-postgis-3');
	const folder = fs.mkdtempSync(join(tmpdir(), 'sw-postgres-'));
	const user = userFor(folder);
	return {
		...{ bin, folder, user, data: join(folder, 'data') },
		run: (program, args) => void execFileSync(join(bin, program), args, { ...user, cwd: folder, stdio: 'ignore' }),
	};
}

async function serve({ bin, folder, data, user }: Place): Promise<OwnPostgres> {
	const port = await freePort();
	const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
	let server: ChildProcess | undefined;

	/** What it said, for whoever has to find out why it did not start. */
	const log = join(folder, 'log');

	function run(): void {
		const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, max_connections: 60 };
		const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
		const said = fs.openSync(log, 'a');
		server = spawn(join(bin, 'postgres'), ['-D', data, ...args], {
			...user,
			cwd: folder,
			stdio: ['ignore', said, said],
		});
		fs.closeSync(said);
	}

	const isRunning = () => server !== undefined && server.exitCode === null && server.signalCode === null;

	/** One that ends before it answers (the memory of the one that was killed is still held) is started again. */
	async function start(): Promise<void> {
		const lateMs = performance.now() + START_WITHIN_MS;
		while (performance.now() < lateMs) {
			if (!isRunning()) run();
			if (await answers(url)) return;
			await sleep(isRunning() ? 50 : 200);
		}
		throw new Error(`The PostgreSQL of the test did not start:\n${fs.readFileSync(log, 'utf8').slice(-2000)}`);
	}

	async function kill(): Promise<void> {
		if (!server || !isRunning()) return;
		const exit = once(server, 'exit');
		const children = fs.readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').trim().split(' ');
		server.kill('SIGKILL');
		for (const pid of children) if (pid) killQuietly(Number(pid));
		await exit;
	}

	await start();
	return {
		url,
		start,
		kill,
		async remove() {
			await kill();
			fs.rmSync(folder, { recursive: true, force: true });
		},
	};
}

const START_WITHIN_MS = 120_000;

async function answers(url: string): Promise<boolean> {
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
	client.on('error', () => undefined);
	const isUp = await client.connect().then(
		() => true,
		() => false,
	);
	await client.end().catch(() => undefined);
	return isUp;
}

function killQuietly(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// Gone already.
	}
}

/** PostgreSQL does not run as root. */
function userFor(folder: string): { uid?: number; gid?: number } {
	if (process.getuid?.() !== 0) return {};
	const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim());
	const [uid, gid] = [id('-u'), id('-g')];
	fs.chownSync(folder, uid, gid);
	return { uid, gid };
}

export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
