// One question to the server's own doors: JSON in, JSON out, and the server's own sentence when it refuses.

import type { ErrorBody } from '#lib/contract/error.ts';

/** What the server does not do, in its own sentence. */
export class Refused extends Error {
	/** What is wrong, piece by piece, where the door says so. */
	readonly details: readonly unknown[];

	constructor(message: string, details: readonly unknown[]) {
		super(message);
		this.details = details;
	}
}

/**
 * @param body - a form goes as it is, everything else as JSON
 * @throws Refused where the server refuses; Error with a sentence a person can read where it is out of reach
 */
export async function ask<T>(url: string, method = 'GET', body?: unknown, signal?: AbortSignal): Promise<T> {
	const isForm = body instanceof FormData;
	let response: Response;
	try {
		response = await fetch(url, {
			...{ method, signal, cache: 'no-store' },
			headers: { accept: 'application/json', ...(body !== undefined && !isForm && JSON_TYPE) },
			...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
		});
	} catch (cause) {
		throw signal?.aborted ? cause : networkDown(cause);
	}
	const isJson = response.headers.get('content-type')?.includes('json') === true;
	const answer = (await response.json().catch((cause: unknown) => {
		// An answer that broke off, as when a page is left, is not an answer without content.
		if (response.ok && isJson) throw signal?.aborted ? cause : networkDown(cause);
		return null;
	})) as unknown;
	if (!response.ok) throw new Refused(sentenceOf(answer, response.status), detailsOf(answer));
	return answer as T;
}

const JSON_TYPE = { 'content-type': 'application/json' };

export const networkDown = (cause?: unknown) => new Error('网络中断 · The network is down', { cause });

/** The server's own sentence; without one, the bare status. */
export function sentenceOf(body: unknown, status: number): string {
	return (body as ErrorBody | null)?.error?.message ?? `HTTP ${status}`;
}

const detailsOf = (body: unknown) => (body as ErrorBody | null)?.error?.details ?? [];
