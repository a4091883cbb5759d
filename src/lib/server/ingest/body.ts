// The body of a telemetry request: read whole, inflated with a limit, cut into items.

import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { TELEMETRY_LIMITS } from '#lib/contract/telemetry.ts';
import { Fault } from '../errors.ts';
import { scanReadings } from './scan-readings.ts';

const inflate = promisify(gunzip);

/** Everything the sender sends. @throws Fault when it does not arrive in time or the connection is cut */
export function bodyOf(request: IncomingMessage, deadlineMs: number): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		const cut = () => reject(new Fault('bad-input', 'body', '内容未传完 · The body broke off or came too slowly.'));
		// Answered first, then hung up: the sender should know why.
		const timer = setTimeout(cut, deadlineMs);
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			clearTimeout(timer);
			resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
		});
		request.on('close', () => {
			clearTimeout(timer);
			if (!request.complete) cut();
		});
		request.on('error', cut);
	});
}

/** @throws Fault for an encoding that is not known, damaged, or larger than allowed once inflated */
export async function inflated(body: Buffer, encoding: string | undefined): Promise<Buffer> {
	const named = encoding?.trim().toLowerCase() ?? 'identity';
	if (named === 'identity') return body;
	if (named !== 'gzip' && named !== 'x-gzip')
		throw new Fault('bad-input', 'body', '只支持 gzip 压缩 · The only content encoding understood is gzip.');
	try {
		return await inflate(body, { maxOutputLength: TELEMETRY_LIMITS.inflatedBytes });
	} catch (error) {
		if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
		throw new Fault('bad-input', 'body', 'gzip 数据已损坏 · The gzip data is damaged.', { cause: error });
	}
}

/** Stands for a line that is no JSON: refused as an item, so that the others are kept. */
const NO_READING = null;

/**
 * @param mayScan - false where the names of all values must be seen
 * @throws Fault when the body is no JSON, has no list `readings`, or too many of them
 */
export function itemsOf(body: Buffer, contentType: string | undefined, mayScan: boolean): unknown[] {
	const text = readText(body);
	const isLines = /ndjson|jsonl|json-?lines|json-seq/i.test(contentType ?? '');
	const items = isLines ? linesOf(text) : ((mayScan ? scanReadings(text) : undefined) ?? listOf(text));
	if (items.length > TELEMETRY_LIMITS.readings) throw tooLarge();
	return items;
}

/** Without the byte order mark that gateways written for Windows put in front. */
function readText(body: Buffer): string {
	return body.toString('utf8').replace(/^\uFEFF/, '');
}

function listOf(text: string): unknown[] {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch (error) {
		throw new Fault('bad-input', 'body', `不是有效的 JSON · Not JSON: ${(error as Error).message}`, { cause: error });
	}
	const readings = (parsed as { readings?: unknown } | null)?.readings;
	if (!Array.isArray(readings))
		throw new Fault('bad-input', 'body', '缺少 readings 列表 · Expected {"readings": [ … ]}.');
	return readings;
}

/** Stands before each text of a `json-seq` (RFC 7464). */
const RECORD = '\u001e';

function linesOf(text: string): unknown[] {
	const items: unknown[] = [];
	for (const line of text.split('\n')) {
		if (line.trim() === '') continue;
		try {
			items.push(JSON.parse(line.startsWith(RECORD) ? line.slice(1) : line));
		} catch {
			items.push(NO_READING);
		}
	}
	return items;
}

function tooLarge(): Fault {
	const { readings, inflatedBytes } = TELEMETRY_LIMITS;
	const mib = inflatedBytes / 1024 / 1024;
	return new Fault(
		'too-large',
		'body',
		`一次最多 ${readings} 条读数、解压后 ${mib} MiB · At most ${readings} readings and ${mib} MiB once inflated.`,
	);
}
