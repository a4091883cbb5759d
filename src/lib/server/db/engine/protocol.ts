// The little of PostgreSQL's wire protocol that stands between a client and the embedded engine: cutting what a client
// sends into whole units, watching what the engine answers, and the few answers given in the engine's place.

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
const PROTOCOL_3 = 196608;

/** Types that end a unit: Sync, simple Query, Flush, Terminate, FunctionCall. */
const ENDS_UNIT = new Set(['S', 'Q', 'H', 'X', 'F']);

/** More than this in one unit is refused, so that one client cannot take the memory of all. */
export const MAX_UNIT_BYTES = 256 * 1024 * 1024;

export type ClientSaid =
	| { kind: 'encryption' }
	| { kind: 'cancel' }
	| { kind: 'start'; settings: Map<string, string> }
	| { kind: 'password'; password: string }
	| { kind: 'terminate' }
	| { kind: 'too-large' }
	| { kind: 'unit'; bytes: Buffer };

/**
 * Cuts a client's bytes into units. A unit is everything up to Sync or one simple query. The engine has one session
 * for all clients, so the messages of two of them must never be mixed inside a unit: with a shared unnamed statement
 * one client would get the other's rows.
 */
export function unitReader(): (chunk: Buffer) => ClientSaid[] {
	let pending: Buffer[] = [];
	let pendingBytes = 0;
	let started = false;

	return (chunk) => {
		pending.push(chunk);
		pendingBytes += chunk.length;
		if (pendingBytes > MAX_UNIT_BYTES) return [{ kind: 'too-large' }];

		// A large parameter comes in many chunks; joining them anew for each would be quadratic.
		if (pending.length > 1 && started && stillInside(pending, pendingBytes)) return [];
		let buffer = pending.length === 1 ? chunk : Buffer.concat(pending, pendingBytes);
		const said: ClientSaid[] = [];
		let end = 0;
		while (end < buffer.length) {
			if (!started) {
				const first = readFirst(buffer.subarray(end));
				if (!first) break;
				end += first.length;
				started = first.said.kind === 'start';
				said.push(first.said);
				buffer = buffer.subarray(end);
				end = 0;
				continue;
			}
			if (end + 5 > buffer.length) break;
			const length = 1 + buffer.readUInt32BE(end + 1);
			if (end + length > buffer.length) break;
			const type = String.fromCharCode(buffer[end]!);
			end += length;
			if (type === 'p') {
				said.push({ kind: 'password', password: buffer.toString('utf8', end - length + 5, end - 1) });
			} else if (type === 'X') {
				said.push({ kind: 'terminate' });
			} else if (ENDS_UNIT.has(type)) {
				said.push({ kind: 'unit', bytes: buffer.subarray(0, end) });
			} else {
				continue;
			}
			buffer = buffer.subarray(end);
			end = 0;
		}
		pending = buffer.length > 0 ? [buffer] : [];
		pendingBytes = buffer.length;
		return said;
	};
}

/** Whether the first message of what is pending is larger than all that has come so far. */
function stillInside(pending: Buffer[], bytes: number): boolean {
	const head = pending[0]!;
	return head.length >= 5 && 1 + head.readUInt32BE(1) > bytes;
}

function readFirst(buffer: Buffer): { said: ClientSaid; length: number } | undefined {
	if (buffer.length < 8) return undefined;
	const length = buffer.readInt32BE(0);
	if (length < 8 || length > 10_000) return { said: { kind: 'too-large' }, length: buffer.length };
	if (buffer.length < length) return undefined;
	const code = buffer.readInt32BE(4);
	if (code === SSL_REQUEST || code === GSS_REQUEST) return { said: { kind: 'encryption' }, length };
	if (code === CANCEL_REQUEST) return { said: { kind: 'cancel' }, length };
	if (code !== PROTOCOL_3) return { said: { kind: 'too-large' }, length };
	const words = buffer.toString('utf8', 8, length).split('\0');
	const settings = new Map<string, string>();
	for (let i = 0; i + 1 < words.length && words[i]; i += 2) settings.set(words[i]!, words[i + 1]!);
	return { said: { kind: 'start', settings }, length };
}

/** How a session stands after a unit: idle, inside a transaction, inside a failed one. */
export type Status = 'I' | 'T' | 'E';

/** What a unit asks for: answers (one per Execute, one per simple query), and a ReadyForQuery at its end. */
export interface Asked {
	answers: number;
	sync: boolean;
	/** The statement is empty, so that the answer to it may say so. */
	blank: boolean;
}

/** Space, semicolons and comments only. */
const BLANK = /^(\s|;|--[^\n]*(\n|$)|\/\*.*?\*\/)*$/s;
/** Longer texts are not searched: nobody comments that much. */
const BLANK_BYTES = 2000;

export function askedBy(unit: Uint8Array): Asked {
	const bytes = Buffer.from(unit.buffer, unit.byteOffset, unit.byteLength);
	const asked: Asked = { answers: 0, sync: false, blank: false };
	for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readUInt32BE(at + 1)) {
		const type = String.fromCharCode(bytes[at]!);
		if (type === 'E' || type === 'Q') asked.answers += 1;
		if (type === 'S' || type === 'Q') asked.sync = true;
		// Parse carries the name of the statement before its text.
		if (type === 'Q') asked.blank = isBlank(bytes, at + 5);
		if (type === 'P') asked.blank = isBlank(bytes, bytes.indexOf(0, at + 5) + 1);
	}
	return asked;
}

function isBlank(bytes: Buffer, from: number): boolean {
	const to = bytes.indexOf(0, from);
	return to - from < BLANK_BYTES && BLANK.test(bytes.toString('utf8', from, to));
}

/**
 * Watches the engine's answer to one unit. Everything but the closing ReadyForQuery is passed on as it comes; that one
 * is held back, so that an error can still be put before it.
 */
export class AnswerWatch {
	/** Statements that ran. */
	completed = 0;
	/** Statements the engine took for empty. It says so of some whose error it has swallowed, too. */
	empty = 0;
	failed = false;
	status: Status | undefined;
	readonly #pass: (bytes: Buffer) => void;
	#rest: Buffer = Buffer.alloc(0);

	constructor(pass: (bytes: Buffer) => void) {
		this.#pass = pass;
	}

	push(chunk: Buffer): void {
		const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
		let from = 0;
		let at = 0;
		while (at + 5 <= bytes.length) {
			const length = 1 + bytes.readUInt32BE(at + 1);
			const type = String.fromCharCode(bytes[at]!);
			if (at + length > bytes.length) break;
			if (type === 'C' || type === 's') this.completed += 1;
			if (type === 'I') this.empty += 1;
			if (type === 'E') this.failed = true;
			if (type === 'Z') {
				if (at > from) this.#pass(bytes.subarray(from, at));
				this.status = String.fromCharCode(bytes[at + 5]!) as Status;
				from = at + length;
			}
			at += length;
		}
		if (at > from) this.#pass(bytes.subarray(from, at));
		this.#rest = Buffer.from(bytes.subarray(at));
	}
}

function message(type: string, ...parts: (string | Buffer)[]): Buffer {
	const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`, 'utf8') : part)));
	const head = Buffer.alloc(5);
	head.write(type, 0, 'latin1');
	head.writeUInt32BE(body.length + 4, 1);
	return Buffer.concat([head, body]);
}

export const readyForQuery = (status: Status): Buffer => message('Z', Buffer.from(status, 'latin1'));

export const errorResponse = (severity: 'ERROR' | 'FATAL', code: string, text: string): Buffer =>
	message('E', `S${severity}`, `V${severity}`, `C${code}`, `M${text}`, Buffer.from([0]));

export const passwordRequest = (): Buffer => message('R', Buffer.from([0, 0, 0, 3]));

/** What a client is told when it has come in. */
export function greeting(settings: Record<string, string>, session: number): Buffer {
	const key = Buffer.alloc(8);
	key.writeUInt32BE(session, 0);
	return Buffer.concat([
		message('R', Buffer.from([0, 0, 0, 0])),
		...Object.entries(settings).map(([name, value]) => message('S', name, value)),
		message('K', key),
		readyForQuery('I'),
	]);
}

/** A simple query as a client would send it. */
export const query = (sql: string): Buffer => message('Q', sql);
