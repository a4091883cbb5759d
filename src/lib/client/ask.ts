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
		if (signal?.aborted) throw cause;
		throw new Error('网络中断 · The network is down', { cause });
	}
	const answer = (await response.json().catch(() => null)) as unknown;
	if (!response.ok) throw new Error(sentenceOf(answer, response.status));
	return answer as T;
}

/** The server's own sentence; without one, the bare status. */
export function sentenceOf(body: unknown, status: number): string {
	return (body as ErrorBody | null)?.error?.message ?? `HTTP ${status}`;
}
