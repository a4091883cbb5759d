// Terrain models as the what-if page holds them: which are kept, the one in use, and the storm that runs over it.

import type { PitFeature } from '#lib/contract/board.ts';
import type { TerrainView } from '#lib/contract/flood-source.ts';
import type { PitCells, PitFlood, StormOptions } from '#lib/domain/flood/water/pit-flood.ts';
import { cellAt } from '#lib/domain/flood/water/square-terrain.ts';
import { floodAsk } from './flood-board.svelte.ts';
import type { StormOrder, StormSaid } from './storm.worker.ts';
import StormWorker from './storm.worker.ts?worker';

export interface UsedTerrain {
	view: TerrainView;
	groundM: Float32Array;
}

export class TerrainBoard {
	list = $state.raw<TerrainView[]>([]);
	used = $state.raw<UsedTerrain | null>(null);
	/** Share of the storm that has been run; null: none is running. */
	share = $state<number | null>(null);
	pits = $state.raw<PitFlood[]>([]);
	result = $state.raw<Extract<StormSaid, { kind: 'done' }> | null>(null);
	#worker: Worker | undefined;

	async read(): Promise<void> {
		this.list = (await floodAsk<{ terrains: TerrainView[] }>('/terrain', 'GET')).terrains;
		if (this.used && !this.list.some(({ id }) => id === this.used?.view.id)) this.drop();
	}

	async use(view: TerrainView): Promise<void> {
		const response = await fetch(`/api/v1/flood/terrain/${view.id}`);
		if (!response.ok) throw new Error(`HTTP ${response.status}`);
		this.stop();
		this.result = null;
		this.pits = [];
		this.used = { view, groundM: new Float32Array(await response.arrayBuffer()) };
	}

	drop(): void {
		this.stop();
		[this.used, this.result, this.pits] = [null, null, []];
	}

	/** @param onfault - the worker ended by itself */
	run(pits: readonly PitFeature[], options: StormOptions, onfault: (message: string) => void): void {
		const { used } = this;
		if (!used) return;
		this.stop();
		this.result = null;
		this.pits = [];
		this.share = 0;
		const worker = (this.#worker = new StormWorker());
		worker.onmessage = ({ data }: MessageEvent<StormSaid>) => {
			this.pits = data.pits;
			if (data.kind === 'progress') return void (this.share = data.share);
			this.result = data;
			this.stop();
		};
		worker.onerror = ({ message }) => {
			this.stop();
			onfault(message);
		};
		const { width, height, cellM } = used.view;
		const order: StormOrder = {
			terrain: { width, height, cellM, groundM: used.groundM },
			pits: pitsOn(used.view, pits),
			options,
		};
		worker.postMessage(order);
	}

	stop(): void {
		this.#worker?.terminate();
		this.#worker = undefined;
		this.share = null;
	}
}

/** Open pits that lie on a terrain, by the cells under the corners and the middle of their outlines. */
export function pitsOn(
	view: Pick<TerrainView, 'width' | 'height' | 'bounds'>,
	pits: readonly PitFeature[],
): PitCells[] {
	return pits.flatMap(({ properties: { no, stage }, geometry }) => {
		if (stage === 'planned' || stage === 'backfilled') return [];
		const corners = geometry.coordinates.flatMap(([outer = []]) => outer.map(([lng, lat]) => [lng!, lat!] as const));
		const sum = corners.reduce(([x, y], [lng, lat]) => [x + lng, y + lat] as const, [0, 0] as const);
		const middle = [sum[0] / corners.length, sum[1] / corners.length] as const;
		const cells = [middle, ...corners].flatMap(([lng, lat]) => cellAt(view, [lng, lat]) ?? []);
		return cells.length > 0 ? [{ no, cells: [...new Set(cells)] }] : [];
	});
}
