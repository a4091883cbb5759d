// The answer of a search on the server, line by line as it comes.

import type { SolveLine } from '#lib/contract/patrol.ts';
import { sentenceOf } from '../ask.ts';
import { m } from '../words/generated/messages.js';

/** @throws Error in words when the search is refused, or breaks off before it has said how it ended */
export async function* searchLines(url: string, signal: AbortSignal): AsyncGenerator<SolveLine> {
	const response = await fetch(url, { method: 'POST', signal });
	if (!response.ok || !response.body)
		throw new Error(sentenceOf(await response.json().catch(() => null), response.status));
	let isOver = false;
	for await (const line of linesOf(response.body)) {
		yield line;
		isOver ||= line.kind !== 'progress';
	}
	if (!isOver) throw new Error(m.plan_brokeOff());
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<SolveLine> {
	const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
	let rest = '';
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		rest += value;
		const lines = rest.split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) if (line) yield JSON.parse(line) as SolveLine;
	}
}
