// How this page looks at the board: camera, layers, filters, selection, theme, in step with the address. Choosing
// something makes a step of history (back undoes it); moving the camera does not.
//
//   const view = new BoardView(live, addressOf(page));   setContext('view', view)

import type { LiveBoard } from './live.svelte.ts';
import type { Registered } from './live/board-index.ts';
import type { GridProperties, TownProperties } from '#lib/contract/board.ts';
import {
	formatSelection,
	formatView,
	parseView,
	type Camera,
	type Filters,
	type LayerKey,
	type RiskMeasure,
	type SelectionKey,
	type Theme,
	type View,
} from './view-url.ts';

/** The address bar, so that the view can be tried without one. */
export interface Address {
	read: () => URLSearchParams;
	/** `push` makes a step of history, `replace` changes the one shown. */
	write: (parameters: URLSearchParams, how: 'push' | 'replace') => void;
	/** The person went back or forward. @returns stops listening */
	onback: (read: () => void) => () => void;
}

/** What is selected, with what the register says about it. `id` is empty until the register is here. */
export type Selected =
	| (Pick<Registered, 'kind' | 'id'> & { no: number; entry: Registered | null })
	| { kind: 'town'; id: string; no: null; town: TownProperties | null }
	| { kind: 'grid'; id: string; no: null; grid: GridProperties | null };

export class BoardView {
	camera = $state.raw<Camera | null>(null);
	layers = $state.raw<ReadonlySet<LayerKey>>(new Set());
	filters = $state.raw<Filters>(parseView(new URLSearchParams()).filters);
	theme = $state<Theme | null>(null);
	risk = $state<RiskMeasure>('perSite');
	selection = $state.raw<SelectionKey | null>(null);
	/** Grows when the address moved the camera (back, forward, a pasted link): the map follows then, and only then. */
	cameraCommand = $state(0);

	readonly selected: Selected | null = $derived.by(() => this.#resolve());

	#live: Pick<LiveBoard, 'index'>;
	#address: Address;

	constructor(live: Pick<LiveBoard, 'index'>, address: Address) {
		this.#live = live;
		this.#address = address;
		this.#read();
	}

	/** Listens to back and forward. @returns stops */
	follow(): () => void {
		return this.#address.onback(() => this.#read());
	}

	/** Null clears the selection. */
	select(selection: SelectionKey | null): void {
		const same = (selection && formatSelection(selection)) === (this.selection && formatSelection(this.selection));
		if (same) return;
		this.selection = selection;
		this.#write('push');
	}

	isOn(layer: LayerKey): boolean {
		return this.layers.has(layer);
	}

	turn(layer: LayerKey, on: boolean): void {
		const layers = new Set(this.layers);
		if (on) layers.add(layer);
		else layers.delete(layer);
		this.layers = layers;
		this.#write('push');
	}

	filter(filters: Partial<Filters>): void {
		this.filters = { ...this.filters, ...filters };
		this.#write('push');
	}

	setTheme(theme: Theme | null): void {
		this.theme = theme;
		this.#write('replace');
	}

	setRisk(measure: RiskMeasure): void {
		this.risk = measure;
		this.#write('push');
	}

	/** The map has come to rest here. */
	rested(camera: Camera): void {
		this.camera = camera;
		this.#write('replace');
	}

	#read(): void {
		const view = parseView(this.#address.read());
		this.camera = view.camera;
		this.layers = new Set(view.layers);
		this.filters = view.filters;
		this.theme = view.theme;
		this.risk = view.risk;
		this.selection = view.selection;
		this.cameraCommand += 1;
	}

	#write(how: 'push' | 'replace'): void {
		const view: View = {
			camera: this.camera,
			layers: [...this.layers],
			filters: this.filters,
			selection: this.selection,
			theme: this.theme,
			risk: this.risk,
		};
		this.#address.write(formatView(view, this.#address.read()), how);
	}

	#resolve(): Selected | null {
		const key = this.selection;
		const { index } = this.#live;
		if (!key) return null;
		if (key.kind === 'town')
			return { kind: 'town', id: key.code, no: null, town: index?.townByCode.get(key.code) ?? null };
		if (key.kind === 'grid')
			return { kind: 'grid', id: key.code, no: null, grid: index?.gridById.get(key.code) ?? null };
		if (!('no' in key)) return null;
		const entry = index?.byNo.get(key.no) ?? null;
		return { kind: entry?.kind ?? (key.kind as Registered['kind']), id: entry?.id ?? '', no: key.no, entry };
	}
}
