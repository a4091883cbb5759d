// The answer of a search on the server, line by line as it comes.

import type { SolveLine } from '#lib/contract/patrol.ts';

export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<SolveLine> {
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
