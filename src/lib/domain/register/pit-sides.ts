// The sides of a pit from its outline: corners at which it turns sharply part one side from the next. A person gives each
// its grade and support; limits are set per side.

import type { Position } from 'geojson';

export interface OutlineSide {
	/** `东侧`, `南侧`, …; numbered where two look the same way. */
	name: string;
	/** Corners along the outline, first and last included. */
	line: Position[];
}

/** Turns below this, in degrees, belong to one bent side. */
const BEND = 30;
const WINDS = ['北侧', '东北侧', '东侧', '东南侧', '南侧', '西南侧', '西侧', '西北侧'] as const;

/**
 * @param ring - closed ring of an outline, first corner repeated at the end
 * @returns the sides in the order of the ring; none for a ring of fewer than three corners
 */
export function sidesOfOutline(ring: readonly Position[]): OutlineSide[] {
	const corners = ring.slice(0, -1);
	if (corners.length < 3) return [];
	const scale = Math.cos(((corners[0]![1]! * Math.PI) / 180) as number);
	const clockwise = signedArea(corners, scale) < 0;
	const at = (index: number) => corners[(index + corners.length) % corners.length]!;
	const heading = (index: number) => bearing(at(index), at(index + 1), scale);
	const sharp = corners.flatMap((_, index) =>
		Math.abs(turn(heading(index - 1), heading(index))) >= BEND ? [index] : [],
	);
	const starts = sharp.length >= 2 ? sharp : [0];
	const used = new Map<string, number>();
	return starts.map((start, order) => {
		const end = starts[order + 1] ?? starts[0]! + corners.length;
		const line = Array.from({ length: end - start + 1 }, (_, step) => at(start + step));
		const outward = bearing(line[0]!, line.at(-1)!, scale) + (clockwise ? -90 : 90);
		const wind = WINDS[Math.round((((outward % 360) + 360) % 360) / 45) % 8]!;
		const count = (used.get(wind) ?? 0) + 1;
		used.set(wind, count);
		return { name: count === 1 ? wind : `${wind}${count}`, line };
	});
}

/** Degrees from north, clockwise. */
function bearing(from: Position, to: Position, scale: number): number {
	return (Math.atan2((to[0]! - from[0]!) * scale, to[1]! - from[1]!) * 180) / Math.PI;
}

function turn(from: number, to: number): number {
	return ((((to - from) % 360) + 540) % 360) - 180;
}

function signedArea(corners: readonly Position[], scale: number): number {
	return corners.reduce((sum, [x, y], index) => {
		const [nextX, nextY] = corners[(index + 1) % corners.length]!;
		return sum + (x! * nextY! - nextX! * y!) * scale;
	}, 0);
}
