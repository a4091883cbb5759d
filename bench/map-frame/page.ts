// The page of the benchmark: draws one scenario in one way, update by update, each when the graphics card has finished
// the one before. The camera looks beside the points: what an update costs is asked, not what pixels cost.

import { Deck, type Layer, type LayersList } from '@deck.gl/core';
import { objectAccessors } from './accessors.ts';
import { bareLayer } from './bare.ts';
import { changesOf, pictureOf, type Change, type Scenario } from './changes.ts';
import { ourMap } from './ours.svelte.ts';
import type { Way } from './way.ts';

/** Near enough for every crane to be drawn as a symbol. */
const ZOOM = 14;
const BESIDE = { longitude: 121.5, latitude: 31.5, zoom: ZOOM };
const WAYS = {
	ours: (picture: ReturnType<typeof pictureOf>, draw: (layers: LayersList) => void) => ourMap(picture, ZOOM, draw),
	bare: bareLayer,
	accessors: objectAccessors,
};
export type WayName = keyof typeof WAYS;

let scenario: Scenario;
let changes: Change[] = [];
let stage: { deck: Deck; way: Way; gl: WebGL2RenderingContext } | undefined;
let drawn = 0;
let turn = 0;
let longestMs = 0;

new PerformanceObserver((list) => {
	for (const { duration } of list.getEntries()) longestMs = Math.max(longestMs, duration);
}).observe({ entryTypes: ['longtask'] });

const page = {
	choose(chosen: Scenario): void {
		scenario = chosen;
		changes = changesOf(chosen, pictureOf(chosen));
	},

	/** Opens one way and waits until all points are on the graphics card. */
	async open(name: WayName): Promise<void> {
		const device = Promise.withResolvers<WebGL2RenderingContext>();
		const deck = new Deck({
			parent: document.querySelector<HTMLDivElement>('#map')!,
			viewState: BESIDE,
			controller: false,
			useDevicePixels: false,
			onAfterRender: () => (drawn += 1),
			onDeviceInitialized: (opened) => device.resolve((opened as unknown as { gl: WebGL2RenderingContext }).gl),
		});
		const gl = await device.promise;
		const way = WAYS[name](pictureOf(scenario), (layers) => deck.setProps({ layers }));
		stage = { deck, way, gl };
		while (pointsOf(deck) < scenario.objects) await pause(20);
		await finished(gl);
	},

	/** @returns milliseconds of the longest task of the main thread; 0 below 50, where the browser does not count */
	async run(updates: number): Promise<number> {
		await pause(100);
		longestMs = 0;
		for (let i = 0; i < updates; i++) {
			const before = drawn;
			stage!.way.update(changes[turn++ % changes.length]!);
			while (drawn === before) await pause(2);
			await finished(stage!.gl);
		}
		await pause(100);
		return longestMs;
	},

	close(): void {
		stage?.way.close();
		stage?.deck.finalize();
		stage = undefined;
	},
};
export type BenchPage = typeof page;
Object.assign(window, { page });

function pointsOf(deck: Deck): number {
	const layers = (deck.props.layers as LayersList).flat(9) as (Layer | null | false)[];
	const counts = layers.map((layer) => (layer ? layer.getNumInstances() : 0));
	return Math.max(0, ...counts);
}

/** The graphics card has done everything it was told so far. */
async function finished(gl: WebGL2RenderingContext): Promise<void> {
	const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)!;
	gl.flush();
	while (gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) await pause(4);
	gl.deleteSync(fence);
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
