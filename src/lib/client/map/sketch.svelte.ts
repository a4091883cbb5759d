// What is being drawn on the map for a form: one position, or the corners of an outline. Positions are WGS 84.

import { distanceM } from '#lib/domain/geo.ts';
import type { MeasureShape } from './layers/measure.ts';
import { areaM2, areaText } from './measure.ts';

type LngLat = [number, number];

const SAME_CORNER_M = 2;
const LEAST_CORNERS = 3;

export class Sketch {
	/** What the next click on the map gives; null: clicks select as usual. */
	tool = $state<'point' | 'area' | null>(null);
	point = $state.raw<LngLat | null>(null);
	corners = $state.raw<readonly LngLat[]>([]);
	/** Further outlines shown that a hand does not draw. */
	others = $state.raw<readonly (readonly LngLat[])[]>([]);
	/** The outline was ended on purpose, not put away. */
	isFinished = $state(false);

	/** Takes a tool in hand; an outline begins anew. */
	take(tool: 'point' | 'area' | null): void {
		this.tool = tool;
		this.isFinished = false;
		if (tool === 'area') {
			this.corners = [];
			this.others = [];
		}
	}

	add(at: LngLat): void {
		if (this.tool === 'point') {
			this.point = at;
			this.tool = null;
		} else if (this.tool === 'area') this.corners = [...this.corners, at];
	}

	dropCorner(): void {
		this.corners = this.corners.slice(0, -1);
	}

	/** Whether the corners so far make an outline. */
	get isClosable(): boolean {
		return this.corners.length >= LEAST_CORNERS;
	}

	finish(): void {
		// The second click of a double click has set the last corner a second time, or nearly.
		const [last, before] = [this.corners.at(-1), this.corners.at(-2)];
		if (last && before && distanceM(last, before) < SAME_CORNER_M) this.dropCorner();
		if (!this.isClosable) return;
		this.tool = null;
		this.isFinished = true;
	}

	clear(): void {
		this.tool = null;
		this.isFinished = false;
		this.point = null;
		this.corners = [];
		this.others = [];
	}

	/** What the map draws, on the datum of the base map. */
	shapes(toBase: (at: LngLat) => LngLat): MeasureShape[] {
		const outline = (corners: readonly LngLat[], hasLabel: boolean): MeasureShape => ({
			points: corners.map(toBase),
			isArea: true,
			label:
				hasLabel && corners.length >= LEAST_CORNERS
					? { at: toBase(corners[0]!), text: areaText(areaM2(corners)) }
					: null,
		});
		return [
			...this.others.map((corners) => outline(corners, false)),
			...(this.corners.length > 0 ? [outline(this.corners, true)] : []),
			...(this.point ? [{ points: [toBase(this.point)], isArea: false, label: null }] : []),
		];
	}
}
