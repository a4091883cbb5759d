// How large a body may be, by what is sent. Counted as it arrives: a length that was promised may be a lie.

import type { IncomingMessage } from 'node:http';
import { doorRules } from '#db/rules/access.ts';

const BY_PATH: readonly (readonly [prefix: string, bytes: number])[] = [
	['/api/v1/telemetry', doorRules.telemetryBytes.value],
	['/api/v1/imports', doorRules.importBytes.value],
	['/api/v1/patrol', doorRules.problemBytes.value],
	['/api/v1/field/photos', doorRules.photoBytes.value],
	['/api/v1/grids', doorRules.problemBytes.value],
	['/api/v1/flood', doorRules.floodBytes.value],
	['/f', doorRules.floodBytes.value],
	['/duty', doorRules.floodBytes.value],
];

export function bodyLimit(path: string): number {
	return BY_PATH.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1] ?? doorRules.bodyBytes.value;
}

/** The largest body any path takes: what the handler behind the doors must let through. */
export const LARGEST_BODY = Math.max(...BY_PATH.map(([, bytes]) => bytes));

/**
 * Gives a body a type when its sender names none, as several HTTP libraries do for bytes: the pages behind take such a
 * request for one without a body.
 */
export function nameBody({ headers }: IncomingMessage): void {
	const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
	if (hasBody) headers['content-type'] ||= 'application/octet-stream';
}

/** Whether the promised length is already too much. */
export function promisesTooMuch(request: IncomingMessage, limit: number): boolean {
	const length = Number(request.headers['content-length'] ?? 0);
	return !(length >= 0 && length <= limit);
}

/**
 * Counts what arrives and hangs up when it is more than `limit`. Node hands each piece of a body to `push`;
 * a `data` listener here would take the pieces away from the handler behind.
 */
export function countBody(request: IncomingMessage, limit: number): void {
	const push = request.push.bind(request);
	let bytes = 0;
	request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
		bytes += chunk?.length ?? 0;
		if (bytes <= limit) return push(chunk, encoding);
		request.destroy(new Error(`Body of ${request.url ?? ''} is above ${limit} bytes.`));
		return false;
	};
}
