// What is being changed by hand: which form is open in the right column, and what is drawn on the map for it.

import type { EditKind } from '#lib/contract/register.ts';
import { Sketch } from '../map/sketch.svelte.ts';

export interface EditOrder {
	what: 'edit';
	kind: EditKind;
	/** Null adds something new. Machines by their installation. */
	id: string | null;
	siteId?: string;
	pitId?: string;
	/** A machine that goes to another site. */
	isMove?: boolean;
	/** What it is about, as people call it. */
	name: string;
}

export interface BindOrder {
	what: 'bind';
	to: { kind: 'machines' | 'points' | 'sites'; id: string };
	/** Fastened there now. */
	deviceId: string | null;
	name: string;
}

/** The sensor of a pit point was set to zero anew. */
export interface ZeroOrder {
	what: 'zero';
	pointId: string;
	name: string;
}

export type Order = EditOrder | BindOrder | ZeroOrder;

export class Editor {
	order = $state.raw<Order | null>(null);
	readonly sketch = new Sketch();

	open(order: Order): void {
		this.sketch.clear();
		this.order = order;
	}

	close(): void {
		this.sketch.clear();
		this.order = null;
	}
}
