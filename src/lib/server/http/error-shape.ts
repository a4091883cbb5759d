// Errors that the framework answers by itself (unknown address, wrong method, thrown `error(…)`) in the one shape.

import type { ErrorBody } from '#lib/contract/error.ts';

const CODE: Record<number, string> = {
	400: 'bad-input',
	401: 'not-signed-in',
	403: 'forbidden',
	404: 'not-found',
	405: 'method-not-allowed',
	409: 'conflict',
	413: 'too-large',
	415: 'unsupported-type',
	422: 'bad-input',
	429: 'too-many',
};

/** @param path - what was asked for: an address that does not exist is told by it, not by the page people get */
export async function inErrorShape(response: Response, path: string): Promise<Response> {
	if (response.status < 400) return response;
	const text = await response.text();
	const sent = parsed(text);
	if (sent && typeof sent === 'object' && 'error' in sent) return again(response, text);
	const isPage = (response.headers.get('content-type') ?? '').includes('text/html');
	const plain = isPage ? sentenceFor(response.status, path) : text.slice(0, 500);
	const message = sent && typeof sent === 'object' && 'message' in sent ? String(sent.message) : plain;
	// Of a bug nothing is told but the number under which the log has it.
	const details = sent && typeof sent === 'object' && 'quote' in sent ? [{ quote: sent.quote }] : [];
	const body: ErrorBody = {
		error: { code: CODE[response.status] ?? 'internal', message: message || 'Internal error', details },
	};
	return again(response, JSON.stringify(body));
}

function sentenceFor(status: number, path: string): string {
	if (status === 404) return `没有此接口 ${path} · There is no ${path}.`;
	return `请求失败（${status}） · The request failed (${status}).`;
}

function again(response: Response, body: string): Response {
	const headers = new Headers(response.headers);
	headers.set('content-type', 'application/json');
	headers.delete('content-length');
	return new Response(body, { status: response.status, headers });
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
