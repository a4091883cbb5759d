// The page of the benchmark: draws one scenario in one way, update by update, each when the graphics card has finished
// the one before. All points are drawn once, beside the camera; after that nothing is: what an update costs is asked,
// and where there is no graphics card its vertices would drown everything else.

import { Deck, type Layer, type LayersList } from '@deck.gl/core';
import type { PictureColumns } from '#lib/domain/picture/columns.ts';
import { encodePicture } from '#lib/domain/picture/encode.ts';
import { drawOnDemand } from '#lib/client/map/frame-gate.ts';
import { objectAccessors } from './accessors.ts';
import { bareLayer } from './bare.ts';
import { changesOf, pictureOf, type Change, type Scenario } from './changes.ts';
import { ourMap } from './ours.svelte.ts';
import { stillFrames } from './still.ts';
import type { Draw, Way } from './way.ts';

/** Near enough for every crane to be drawn as a symbol. */
const ZOOM = 14;
/** Twenty updates a second. */
const PACE_MS = 50;
const BESIDE = { longitude: 121.5, latitude: 31.5, zoom: ZOOM };
/** A whole picture: as it is, and as the server sends it. */
interface Whole {
	picture: PictureColumns;
	bytes: Uint8Array;
}
const WAYS = {
	ours: ({ bytes }: Whole, draw: Draw) => ourMap(bytes, ZOOM, draw),
	bare: ({ picture }: Whole, draw: Draw) => bareLayer(picture, draw),
	accessors: ({ picture }: Whole, draw: Draw) => objectAccessors(picture, draw),
	still: ({ picture }: Whole, draw: Draw) => stillFrames(picture, draw),
};
export type WayName = keyof typeof WAYS;

let scenario: Scenario;
let changes: Change[] = [];
let stage: { deck: Deck; way: Way; gl: WebGL2RenderingContext; frames?: { close: () => void } } | undefined;
let drawn = 0;
let turn = 0;
let longestMs = 0;
/** Everything is drawn once; while updates are measured the graphics card is left out of it. */
let isDrawing = true;

new PerformanceObserver((list) => {
	for (const { duration } of list.getEntries()) longestMs = Math.max(longestMs, duration);
}).observe({ entryTypes: ['longtask'] });

const page = {
	choose(chosen: Scenario): void {
		scenario = chosen;
		changes = changesOf(chosen, pictureOf(chosen));
	},

	/**
	 * Opens one way and waits until all points are on the graphics card.
	 *
	 * @param isDrawn - draws them, too
	 * @returns the longest task of the main thread from the picture to there, milliseconds
	 */
	async open(name: WayName, isDrawn: boolean): Promise<number> {
		isDrawing = isDrawn;
		const device = Promise.withResolvers<WebGL2RenderingContext>();
		const deck = new Deck({
			parent: document.querySelector<HTMLDivElement>('#map')!,
			viewState: BESIDE,
			controller: false,
			useDevicePixels: false,
			layerFilter: () => isDrawing,
			onAfterRender: () => (drawn += 1),
			onDeviceInitialized: (opened) => device.resolve((opened as unknown as { gl: WebGL2RenderingContext }).gl),
		});
		const gl = await device.promise;
		// The product draws on demand; deck.gl by itself asks for every frame.
		const frames = name === 'ours' ? drawOnDemand(deck) : undefined;
		const picture = pictureOf(scenario);
		const whole = { picture, bytes: encodePicture(picture) };
		await page.longestTask();
		const way = WAYS[name](whole, (layers) => {
			deck.setProps({ layers });
			frames?.draw();
		});
		stage = { deck, way, gl, frames };
		while (pointsOf(deck) < scenario.objects) await pause(20);
		await finished(gl);
		isDrawing = false;
		return page.longestTask();
	},

	/** Updates at one pace, so that all ways have the same number of frames in between. */
	async run(updates: number): Promise<void> {
		for (let i = 0; i < updates; i++) {
			const before = drawn;
			const next = performance.now() + PACE_MS;
			stage!.way.update(changes[turn++ % changes.length]!);
			while (drawn === before) await pause(PACE_MS / 4);
			await pause(next - performance.now());
		}
	},

	/** Milliseconds of the longest task of the main thread since the last question; 0 below 50, which nobody counts. */
	async longestTask(): Promise<number> {
		await pause(100);
		const longest = longestMs;
		longestMs = 0;
		return longest;
	},

	close(): void {
		stage?.way.close();
		stage?.frames?.close();
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
	while (gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) await pause(20);
	gl.deleteSync(fence);
}

function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
