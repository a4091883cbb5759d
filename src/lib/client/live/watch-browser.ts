// Tells the server what goes wrong in this browser: errors nobody caught, maps the graphics card took away, and now and
// then how much memory the page holds. A few words and no more; what cannot be told is let go.

import type { Beacon } from '#lib/contract/beacon.ts';

const HEAP_EVERY_MS = 5 * 60_000;
const WORDS_MOST = 300;
const FRAMES = 4;
/** Of one page; the server has limits of its own. */
const ERRORS_MOST = 20;

interface WithMemory {
	/** Chromium only. */
	memory?: { usedJSHeapSize: number };
}

/** @returns ends it */
export function watchBrowser(): () => void {
	let errors = 0;
	const tell = (beacon: Beacon) =>
		void fetch('/api/v1/beacons', {
			method: 'POST',
			keepalive: true,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(beacon),
		}).catch(() => undefined);
	const fail = (thrown: unknown) => {
		if (errors++ >= ERRORS_MOST) return;
		const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}${whereOf(thrown)}` : String(thrown);
		tell({ kind: 'error', message: message.slice(0, WORDS_MOST) });
	};
	const onerror = ({ error, message }: ErrorEvent) => fail(error ?? message);
	const onrejection = ({ reason }: PromiseRejectionEvent) => fail(reason);
	const onlost = () => tell({ kind: 'contextLost' });
	const heap = setInterval(() => {
		const { memory } = performance as WithMemory;
		if (memory) tell({ kind: 'heap', mb: Math.round(memory.usedJSHeapSize / 1_048_576) });
	}, HEAP_EVERY_MS);

	addEventListener('error', onerror);
	addEventListener('unhandledrejection', onrejection);
	// The event does not bubble, but it is caught on its way down to the canvas.
	document.addEventListener('webglcontextlost', onlost, { capture: true });
	return () => {
		clearInterval(heap);
		removeEventListener('error', onerror);
		removeEventListener('unhandledrejection', onrejection);
		document.removeEventListener('webglcontextlost', onlost, { capture: true });
	};
}

/** The innermost places of the program's own scripts, as far as the browser tells. */
function whereOf({ stack = '' }: Error): string {
	const frames = stack.match(/[\w-]+\.js:\d+:\d+/g) ?? [];
	return frames.length ? ` @ ${frames.slice(0, FRAMES).join(' ')}` : '';
}
