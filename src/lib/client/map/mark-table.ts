// The live picture arranged for the graphics card: one table per layer with positions and four bytes of state per
// object. A change writes its own rows and nothing else; a whole picture is arranged in slices, so that a million
// objects do not hold the page up.

import { OBJECT_KINDS, type ObjectKind, type PictureColumns } from '#lib/domain/picture/columns.ts';
import type { Changes } from '../live/picture-store.ts';
import type { BaseDatum } from './base-map.ts';
import { CraneTurns, TURN_BYTES } from './crane-turns.ts';
import { HIDDEN, MARK_BYTES, markOf, slewOf } from './mark-bytes.ts';
import { writePosition } from './split-position.ts';

/** Which table an object stands in. */
export const TABLE_OF: Record<ObjectKind, TableName | null> = {
	site: 'sites',
	towerCrane: 'cranes',
	mobileCrane: 'cranes',
	gantryCrane: 'cranes',
	hoist: 'hoists',
	materialHoist: 'hoists',
	pit: 'pits',
	monitorPoint: 'points',
	highFormwork: 'formwork',
	climbingScaffold: 'scaffolds',
	device: null,
};
export const TABLE_NAMES = ['sites', 'cranes', 'hoists', 'pits', 'points', 'formwork', 'scaffolds'] as const;
export type TableName = (typeof TABLE_NAMES)[number];

interface Column<T extends Float32Array | Uint8Array> {
	value: T;
	size: number;
	/** Bytes that the graphics card takes as fractions of 255. */
	normalized?: boolean;
}
/** What a layer takes as `data`. */
export interface MarkData {
	length: number;
	attributes: Record<string, Column<Float32Array | Uint8Array>>;
}

export interface TableOptions {
	datum: BaseDatum;
	/** Whether the filters let an object through, given its level and kind; null lets everything through. */
	isShown: ((no: number, level: number, kind: number) => boolean) | null;
	/** Metres; for cranes. */
	radiusOf: (no: number) => number;
}

export class MarkTable {
	readonly length: number;
	/** Rows of the picture, by slot. */
	readonly rows: Uint32Array;
	readonly numbers: Uint32Array;
	readonly high: Float32Array;
	readonly low: Float32Array;
	/** Four bytes per object, see mark-bytes. */
	readonly marks: Uint32Array;
	readonly radius: Float32Array;
	/** Only where there are jibs. */
	readonly turns: CraneTurns | null;
	#bytes: Uint8Array;
	/** A new object whenever one of its columns changed; unchanged columns keep theirs and are not sent again. */
	data: MarkData;

	constructor(length: number, hasJibs = false) {
		this.length = length;
		this.rows = new Uint32Array(length);
		this.numbers = new Uint32Array(length);
		this.high = new Float32Array(length * 2);
		this.low = new Float32Array(length * 2);
		this.marks = new Uint32Array(length);
		this.#bytes = new Uint8Array(this.marks.buffer);
		this.radius = new Float32Array(length);
		this.turns = hasJibs ? new CraneTurns(length) : null;
		this.data = {
			length,
			attributes: {
				getPosition: { value: this.high, size: 2 },
				getPositionLow: { value: this.low, size: 2 },
				getMark: { value: this.#bytes, size: MARK_BYTES, normalized: true },
				getRadius: { value: this.radius, size: 1 },
				...this.#turnColumn(),
			},
		};
	}

	/** Tells the layers which columns have new content. */
	touch({ marks = false, positions = false, radius = false }): void {
		const attributes = { ...this.data.attributes };
		if (marks) {
			attributes['getMark'] = { value: this.#bytes, size: MARK_BYTES, normalized: true };
			Object.assign(attributes, this.#turnColumn());
		}
		if (positions) {
			attributes['getPosition'] = { value: this.high, size: 2 };
			attributes['getPositionLow'] = { value: this.low, size: 2 };
		}
		if (radius) attributes['getRadius'] = { value: this.radius, size: 1 };
		this.data = { length: this.length, attributes };
	}

	#turnColumn(): MarkData['attributes'] {
		return this.turns ? { getTurn: { value: this.turns.bytes, size: TURN_BYTES, normalized: true } } : {};
	}
}

/** Rows written between two looks at the clock. */
export const SLICE_ROWS = 20_000;
/** Tables whose levels colour outlines too. */
const JIBS = TABLE_NAMES.indexOf('cranes');
const OUTLINED = [TABLE_NAMES.indexOf('sites'), TABLE_NAMES.indexOf('pits')];
const TABLE_BY_KIND = OBJECT_KINDS.map((kind) => {
	const name = TABLE_OF[kind];
	return name === null ? -1 : TABLE_NAMES.indexOf(name);
});

export class MarkTables {
	readonly columns: PictureColumns;
	readonly tables: Record<TableName, MarkTable>;
	/** Another object whenever the level of a site or a pit changed: outlines and clusters are coloured by it. */
	levels: object = {};
	#options: TableOptions;
	#list: MarkTable[];
	#slotOf: Uint32Array;

	private constructor(columns: PictureColumns, options: TableOptions, list: MarkTable[]) {
		this.columns = columns;
		this.#options = options;
		this.#list = list;
		this.tables = Object.fromEntries(TABLE_NAMES.map((name, i) => [name, list[i]!])) as typeof this.tables;
		this.#slotOf = new Uint32Array(columns.count);
	}

	/** Arranges a picture; every `next()` does a slice of the work, the last one returns the tables. */
	static *arrange(columns: PictureColumns, options: TableOptions): Generator<undefined, MarkTables> {
		const counts = new Array<number>(TABLE_NAMES.length).fill(0);
		for (let row = 0; row < columns.count; row++) {
			const table = TABLE_BY_KIND[columns.kind[row]!]!;
			if (table >= 0) counts[table]! += 1;
		}
		const list: MarkTable[] = [];
		for (const count of counts) {
			list.push(new MarkTable(count, list.length === JIBS));
			yield;
		}
		const made = new MarkTables(columns, options, list);
		const filled = new Array<number>(TABLE_NAMES.length).fill(0);
		for (let row = 0; row < columns.count; row++) {
			const at = TABLE_BY_KIND[columns.kind[row]!]!;
			if (at < 0) continue;
			const table = made.#list[at]!;
			const slot = filled[at]!;
			filled[at] = slot + 1;
			made.#slotOf[row] = slot;
			table.rows[slot] = row;
			table.numbers[slot] = columns.no[row]!;
			table.radius[slot] = options.radiusOf(columns.no[row]!);
			made.#writePosition(table, slot, row);
			table.marks[slot] = made.#markOf(row);
			if (row % SLICE_ROWS === SLICE_ROWS - 1) yield;
		}
		return made;
	}

	/** Brings the tables up to date with changed rows of the same picture. */
	update({ rows, moved }: Extract<Changes, { whole: false }>, nowMs = performance.now()): void {
		const { kind, slew } = this.columns;
		const touched = new Set<MarkTable>();
		for (const list of rows) {
			for (let i = 0; i < list.length; i++) {
				const row = list[i]!;
				const at = TABLE_BY_KIND[kind[row]!]!;
				if (at < 0) continue;
				const table = this.#list[at]!;
				const slot = this.#slotOf[row]!;
				const before = table.marks[slot]!;
				const mark = this.#markOf(row);
				if (mark !== before) {
					table.turns?.take(slot, slewOf(before), slew[row]!, nowMs);
					table.marks[slot] = mark;
					touched.add(table);
					if (((mark ^ before) & 0xff) !== 0 && OUTLINED.includes(at)) this.levels = {};
				}
				if (!moved) continue;
				this.#writePosition(table, slot, row);
				touched.add(table);
			}
		}
		for (const table of touched) table.touch({ marks: true, positions: moved });
	}

	/** The filters or the register changed. */
	refilter(options: TableOptions): void {
		this.#options = options;
		for (const table of this.#list) {
			for (let slot = 0; slot < table.length; slot++) {
				table.marks[slot] = this.#markOf(table.rows[slot]!);
				table.radius[slot] = options.radiusOf(table.numbers[slot]!);
			}
			table.touch({ marks: true, radius: true });
		}
		this.levels = {};
	}

	#writePosition({ high, low }: MarkTable, slot: number, row: number): void {
		const { positions } = this.columns;
		writePosition(high, low, slot, positions[row * 2]!, positions[row * 2 + 1]!, this.#options.datum);
	}

	#markOf(row: number): number {
		const { no, level, kind, slew } = this.columns;
		const { isShown } = this.#options;
		const isHidden = isShown !== null && !isShown(no[row]!, level[row]!, kind[row]!);
		return markOf(level[row]!, kind[row]!, slew[row]!, isHidden ? HIDDEN : 0);
	}
}
