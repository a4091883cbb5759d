// Work that comes round again and must not take the whole thread.

/**
 * Calls `work` again and again, `everyMs` after it ended; when it takes long, so much later that it takes at most the
 * share of the time, but within `atMostMs`.
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
