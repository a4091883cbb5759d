// Work that comes round again and must not take the whole thread.

/**
 * Calls `work` again and again, `everyMs` after it began; when that leaves too little time between, so much later that it
 * takes `share` of the time. It is never put off for longer than `atMostMs`, though, and then takes more.
 *
 * @param share - of one thread, 0–1
 * @returns stops it
 */
export function paced(
	work: () => void,
	{ everyMs, atMostMs, share }: { everyMs: number; atMostMs: number; share: number },
): () => void {
	let timer: NodeJS.Timeout;
	const round = (): void => {
		const began = performance.now();
		work();
		const tookMs = performance.now() - began;
		timer = setTimeout(round, Math.min(Math.max(everyMs - tookMs, tookMs / share - tookMs), atMostMs));
	};
	timer = setTimeout(round, everyMs);
	return () => clearTimeout(timer);
}
