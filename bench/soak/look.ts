// What a page holds after its waste was collected, and what the server's process does.

import type { CDPSession, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';

export interface Held {
	heapMb: number;
	nodes: number;
	listeners: number;
	/** Of those that were not lost. */
	webglContexts: number;
	/** Frames a second, the slowest twentieth of the time. */
	fps: number;
}

interface Watched {
	contexts: WeakRef<WebGL2RenderingContext>[];
}

/** Before the page is loaded: notes each drawing context it asks for. */
export async function watchContexts(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const watched = window as unknown as Watched;
		watched.contexts = [];
		const { getContext } = HTMLCanvasElement.prototype;
		HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...asked: [string, ...unknown[]]) {
			const context = (getContext as (...all: unknown[]) => unknown).apply(this, asked);
			if (context instanceof WebGL2RenderingContext && !watched.contexts.some((known) => known.deref() === context))
				watched.contexts.push(new WeakRef(context));
			return context;
		} as typeof getContext;
	});
}

const FPS_SPAN_MS = 5000;

export async function held(page: Page, cdp: CDPSession): Promise<Held> {
	const fps = await page.evaluate(slowFrames, FPS_SPAN_MS);
	await cdp.send('HeapProfiler.collectGarbage');
	await cdp.send('HeapProfiler.collectGarbage');
	const { metrics } = await cdp.send('Performance.getMetrics');
	const metric = (name: string) => metrics.find((one) => one.name === name)!.value;
	const webglContexts = await page.evaluate(
		() => (window as unknown as Watched).contexts.filter((known) => known.deref()?.isContextLost() === false).length,
	);
	return {
		heapMb: metric('JSHeapUsedSize') / 1e6,
		nodes: metric('Nodes'),
		listeners: metric('JSEventListeners'),
		...{ webglContexts, fps },
	};
}

interface Snapshot {
	snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } };
	nodes: number[];
}

/** What of a page's heap is code that its engine compiled, MB: it grows for as long as more of the page becomes hot. */
export async function compiledMb(cdp: CDPSession): Promise<number> {
	const chunks: string[] = [];
	const take = ({ chunk }: { chunk: string }) => chunks.push(chunk);
	cdp.on('HeapProfiler.addHeapSnapshotChunk', take);
	await cdp.send('HeapProfiler.takeHeapSnapshot', {});
	cdp.off('HeapProfiler.addHeapSnapshotChunk', take);
	const { snapshot, nodes } = JSON.parse(chunks.join('')) as Snapshot;
	const { node_fields: fields, node_types: types } = snapshot.meta;
	const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
	const code = types[0].indexOf('code');
	let bytes = 0;
	for (let i = 0; i < nodes.length; i += fields.length) if (nodes[i + type] === code) bytes += nodes[i + size]!;
	return bytes / 1e6;
}

/** In the page: one second over the twentieth slowest part of the frames' spans. */
async function slowFrames(spanMs: number): Promise<number> {
	const spans: number[] = [];
	let last = performance.now();
	const until = last + spanMs;
	while (last < until) {
		await new Promise(requestAnimationFrame);
		const now = performance.now();
		spans.push(now - last);
		last = now;
	}
	return 1000 / spans.sort((a, b) => a - b)[Math.floor(spans.length * 0.95)]!;
}

/** Resident memory of a process, MB. Linux only. */
export function residentMb(pid: number): number {
	return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1000;
}
