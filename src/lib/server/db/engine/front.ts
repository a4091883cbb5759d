// The engine's door: a socket that speaks PostgreSQL's protocol to any number of clients and hands their units to the
// one session behind, one after the other. Whoever holds a transaction keeps the engine until it ends.
//
// Why not pglite-socket, which PGlite ships: it hands over single protocol messages, so one client's Bind can meet
// another's Parse and return the other's rows (seen with parameters of a few hundred kilobytes: 89 wrong answers of
// 240). It also stops for good after one exception, and runs the engine on the thread that should watch it.

import { createServer, type Server, type Socket } from 'node:net';
import { EngineLost, type Backend } from './backend.ts';
import { errorResponse, greeting, passwordRequest, query, unitReader, type ClientSaid } from './protocol.ts';

export interface FrontOptions {
	backend: Backend;
	/** Asked of every client where the socket cannot be kept to its owner by the file system. */
	password?: string;
	/** What clients are told beside the engine's version. */
	settings: (opened: { version: string; durable: boolean }) => Record<string, string>;
	/** Swallowed errors after which the engine is opened anew. */
	swallowedLimit: number;
	/** Deadlines of a client that names none. */
	statementMs: number;
	idleInTransactionMs: number;
	onClients: (count: number) => void;
	onSwallowed: () => void;
	log: (line: string) => void;
}

interface Client {
	socket: Socket;
	statementMs: number;
	idleMs: number;
	units: Buffer[];
	gone: boolean;
}

export interface Front {
	server: Server;
	/** No new clients, and those who are here are told and closed. */
	close(): Promise<void>;
}

export function openFront(options: FrontOptions): Front {
	const { backend, log } = options;
	const clients = new Set<Client>();
	/** Who has units waiting, in the order they came. */
	const waiting: Client[] = [];
	/** Who holds the engine: in a transaction, or in the middle of a batch. */
	let owner: Client | undefined;
	let ownerInTransaction = false;
	let idleTimer: NodeJS.Timeout | undefined;
	let busy = false;
	let swallowed = 0;
	let sessions = 0;
	let closing = false;

	const server = createServer((socket) => {
		socket.setNoDelay(true);
		const client: Client = {
			socket,
			statementMs: options.statementMs,
			idleMs: options.idleInTransactionMs,
			units: [],
			gone: false,
		};
		clients.add(client);
		options.onClients(clients.size);
		const read = unitReader();
		let admitted: Map<string, string> | undefined;

		socket.on('data', (chunk) => {
			for (const said of read(chunk)) admitted = hear(client, said, admitted);
		});
		socket.on('error', () => socket.destroy());
		socket.on('close', () => leave(client));
	});

	function hear(
		client: Client,
		said: ClientSaid,
		admitted: Map<string, string> | undefined,
	): Map<string, string> | undefined {
		const { socket } = client;
		if (said.kind === 'encryption') socket.write('N');
		else if (said.kind === 'cancel' || said.kind === 'terminate') socket.end();
		else if (said.kind === 'too-large')
			refuse(client, '54000', 'More than the embedded engine takes in one statement.');
		else if (said.kind === 'start') {
			client.statementMs = positive(said.settings.get('statement_timeout')) ?? client.statementMs;
			client.idleMs = positive(said.settings.get('idle_in_transaction_session_timeout')) ?? client.idleMs;
			if (options.password) socket.write(passwordRequest());
			else void greet(client);
			return said.settings;
		} else if (said.kind === 'password') {
			if (said.password === options.password) void greet(client);
			else refuse(client, '28P01', 'Wrong password for the embedded engine.');
		} else if (admitted) {
			client.units.push(said.bytes);
			if (client.units.length === 1) waiting.push(client);
			void work();
		}
		return admitted;
	}

	async function greet(client: Client): Promise<void> {
		try {
			const { version, durable } = await backend.thread();
			if (closing) return refuse(client, '57P01', 'The embedded engine is closing.');
			client.socket.write(
				greeting({ server_version: version, ...options.settings({ version, durable }) }, (sessions += 1)),
			);
		} catch (error) {
			refuse(client, '58000', (error as Error).message);
		}
	}

	function refuse(client: Client, code: string, text: string): void {
		client.socket.end(errorResponse('FATAL', code, text));
	}

	function leave(client: Client): void {
		client.gone = true;
		client.units = [];
		clients.delete(client);
		options.onClients(clients.size);
		if (owner === client && !busy) void work();
	}

	/** The one loop that gives the engine its work. */
	async function work(): Promise<void> {
		if (busy) return;
		busy = true;
		try {
			for (;;) {
				if (owner?.gone) await abandon();
				const client = next();
				if (!client) return;
				clearTimeout(idleTimer);
				await serve(client, client.units.shift()!);
				if (owner === client && !client.gone && ownerInTransaction) watchIdle(client);
				else if (!owner && swallowed >= options.swallowedLimit) await recycle();
			}
		} finally {
			busy = false;
		}
	}

	function next(): Client | undefined {
		if (owner) return owner.units.length > 0 ? owner : undefined;
		for (let client = waiting.shift(); client; client = waiting.shift()) if (client.units.length > 0) return client;
		return undefined;
	}

	async function serve(client: Client, unit: Buffer): Promise<void> {
		try {
			const result = await backend.run(unit, client.statementMs, (bytes) => {
				if (!client.gone) client.socket.write(bytes);
			});
			if (result.swallowed) {
				swallowed += 1;
				options.onSwallowed();
				log(`swallowed an error (${swallowed} of ${options.swallowedLimit})`);
			}
			if (result.broken) {
				owner = undefined;
				refuse(client, '57P02', 'The embedded engine was reopened: it could no longer report errors.');
				return await recycle();
			}
			owner = result.status === 'I' ? undefined : client;
			ownerInTransaction = result.status === 'T' || result.status === 'E';
		} catch (error) {
			owner = undefined;
			const deadline = error instanceof EngineLost && error.why === 'deadline';
			refuse(client, deadline ? '57014' : '57P02', `The embedded engine was reopened: ${(error as Error).message}.`);
			client.units = [];
		}
		if (client.units.length > 0 && owner !== client) waiting.push(client);
	}

	/** The holder of the transaction has left: what it had not committed is undone, and the engine is free. */
	async function abandon(): Promise<void> {
		clearTimeout(idleTimer);
		owner = undefined;
		await backend.run(query('rollback'), options.statementMs, () => undefined).catch(() => undefined);
	}

	function watchIdle(client: Client): void {
		idleTimer = setTimeout(() => {
			if (owner !== client || busy) return;
			log(`a transaction stood idle for ${client.idleMs} ms and was undone`);
			refuse(client, '25P03', 'The transaction stood idle too long and was undone.');
			client.gone = true;
			void work();
		}, client.idleMs);
	}

	async function recycle(): Promise<void> {
		const count = swallowed;
		swallowed = 0;
		await backend.recycle(`${count} swallowed errors`).catch(() => undefined);
	}

	return {
		server,
		async close() {
			closing = true;
			clearTimeout(idleTimer);
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			for (const client of clients) refuse(client, '57P01', 'The embedded engine is closing.');
			setTimeout(() => {
				for (const client of clients) client.socket.destroy();
			}, 500).unref();
			await closed;
		},
	};
}

function positive(text: string | undefined): number | undefined {
	const value = Number(text);
	return value > 0 ? value : undefined;
}
