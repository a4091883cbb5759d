// Keeps the tables of the graphics card in step with the live picture: whole pictures in slices, changes at once.

import type { LiveBoard } from '../live.svelte.ts';
import { MarkTables, SLICE_ROWS, type TableOptions } from './mark-table.ts';

/** A slice may take this long; the page answers in between. */
const SLICE_MS = 8;

type Source = Pick<LiveBoard, 'latest' | 'revision' | 'changesSince'>;

export class TableKeeper {
	tables: MarkTables | null = null;
	#options: TableOptions;
	#revision = -1;
	#arranging = 0;
	/** A whole picture is being arranged: the tables are still those of the one before, with other rows. */
	#isBehind = false;
	#onready: () => void;

	/** @param onready - a whole picture has been arranged, some time after `sync` */
	constructor(options: TableOptions, onready: () => void) {
		this.#options = options;
		this.#onready = onready;
	}

	/** Call whenever the live picture was replaced. */
	sync(live: Source): void {
		if (!live.latest || live.revision === this.#revision) return;
		const changes = live.changesSince(this.#revision);
		if (changes.whole) void this.#arrange(live);
		else if (this.tables && !this.#isBehind) {
			this.tables.update(changes);
			this.#revision = live.revision;
		}
	}

	/** Filters, the register or the base map changed. */
	configure(options: TableOptions): void {
		const isMoved = options.datum !== this.#options.datum;
		this.#options = options;
		if (isMoved) this.#revision = -1;
		else this.tables?.refilter(options);
	}

	async #arrange(live: Source): Promise<void> {
		const turn = ++this.#arranging;
		this.#revision = live.revision;
		this.#isBehind = true;
		const options = this.#options;
		if (live.latest!.count > SLICE_ROWS) {
			// Taking the picture in was work enough for one task.
			await nextTask();
			if (turn !== this.#arranging) return;
		}
		const arranging = MarkTables.arrange(live.latest!, options);
		let until = performance.now() + SLICE_MS;
		for (let step = arranging.next(); ; step = arranging.next()) {
			if (step.done) {
				this.tables = step.value;
				this.#isBehind = false;
				if (options !== this.#options) this.tables.refilter(this.#options);
				break;
			}
			if (performance.now() < until) continue;
			await nextTask();
			if (turn !== this.#arranging) return;
			until = performance.now() + SLICE_MS;
		}
		// What changed meanwhile was written into the same columns; rows already arranged are read again. Too many changes
		// leave the revision behind, and the next `sync` starts over.
		const changes = live.changesSince(this.#revision);
		if (!changes.whole) {
			this.tables.update(changes);
			this.#revision = live.revision;
		}
		this.#onready();
	}
}

function nextTask(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve));
}
