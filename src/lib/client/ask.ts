// One question to the server's own doors: JSON in, JSON out, and the server's own sentence when it refuses.

import type { ErrorBody } from '#lib/contract/error.ts';

/** @throws Error with a sentence a person can read */
export async function ask<T>(url: string, method = 'GET', body?: unknown, signal?: AbortSignal): Promise<T> {
	let response: Response;
	try {
		response = await fetch(url, {
			method,
			headers: body === undefined ? {} : { 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
			signal,
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
	if (!response.ok) throw new Error(sentenceOf(answer, response.status));
	return answer as T;
}

const networkDown = (cause: unknown) => new Error('网络中断 · The network is down', { cause });

/** The server's own sentence; without one, the bare status. */
export function sentenceOf(body: unknown, status: number): string {
	return (body as ErrorBody | null)?.error?.message ?? `HTTP ${status}`;
}
