// What the board's layout hands to every panel: the live state, the view, the clock, which list is open.

import { createContext } from 'svelte';
import type { TerrainView } from '#lib/contract/flood-source.ts';
import type { Missed } from './alarm/missed.svelte.ts';
import type { ExposureBand } from '#lib/domain/flood/exposure.ts';
import type { Clock } from './clock.svelte.ts';
import type { PreviewFeature } from './map/layers/preview.ts';
import type { Editor } from './register/editor.svelte.ts';
import type { FloodBoard } from './flood/flood-board.svelte.ts';
import type { LiveBoard } from './live.svelte.ts';
import type { MapOverlays } from './map/overlays.svelte.ts';
import type { Lists } from './panels/lists.svelte.ts';
import type { AlarmSound } from './sound.svelte.ts';
import type { BoardView } from './selection.svelte.ts';
import type { SelectionKey } from './view-url.ts';

export interface BoardContext {
	live: LiveBoard;
	view: BoardView;
	clock: Clock;
	lists: Lists;
	picked: Picked;
	/** Changes of the register by hand. */
	editor: Editor;
	/** What this person may change. */
	may: { edit: boolean };
	/** What pages lay over the map while they are open. */
	overlays: MapOverlays;
	/** Flies to a place, WGS 84. */
	flyTo: (at: [number, number], zoom?: number) => void;
	/** What began and was over while this page could not see it. */
	missed: Missed;
	sound: AlarmSound;
	flood: FloodBoard;
	/** Bands of the what-if page by number of the site; null: those of today. */
	supposed: Supposed;
	/** Selects something and flies there. Null clears the selection and stays. */
	goTo: (selection: SelectionKey | null) => void;
}

export interface Supposed {
	bands: ReadonlyMap<number, ExposureBand> | null;
	/** Ground of the what-if page, and the water of the storm that was run over it. */
	terrain: SupposedTerrain | null;
}

export interface SupposedTerrain {
	view: TerrainView;
	groundM: Float32Array;
	/** Null: no storm has been run. */
	depthM: Float32Array | null;
}

/** What was clicked on the map that is no object of the register. */
export interface Picked {
	/** H3 index of a risk cell. */
	cell: string | null;
	/** A dry run of an import that the map shows. */
	preview: readonly PreviewFeature[] | null;
}

export const [boardContext, setBoardContext] = createContext<BoardContext>();
