// Monitoring points of the pits: on the sides, behind them and on struts, with the designer's limits where he gave some.

import type { Random } from '#lib/domain/random.ts';
import { pitLimit } from './pit-limits.ts';
import type { DemoPit } from './pits.ts';
import { innerPoint } from './machine-places.ts';
import { centreOf, distance, pointOf, toPlane, type XY } from './plane.ts';
import type { MonitorPointRow, PitSideRow } from './rows.ts';
import type { Sources } from './sources.ts';

type Quantity = MonitorPointRow['quantity'];

const FEWEST = 8;
const MOST = 24;
/** Prefix of the point's code as on drawings, its share, and how far outside the side it stands in metres. */
const ON_SIDES: [Quantity, string, number, number][] = [
	['wallTopHorizontal', 'S', 5, 0],
	['wallTopVertical', 'V', 3, 0],
	['deepHorizontal', 'CX', 4, 0],
	['groundSettlement', 'DB', 3, 3],
	['waterLevel', 'SW', 2, 2],
];
const INSIDE: [Quantity, string, number][] = [
	['axialForce', 'ZL', 3],
	['columnVertical', 'LZ', 2],
];

export function inventPoints(random: Random, pits: readonly DemoPit[], sources: Sources): MonitorPointRow[] {
	const source_id = sources.add('points', '基坑监测点');
	return pits.flatMap((pit) => {
		const count = random.whole(FEWEST, Math.min(MOST, FEWEST + Math.round(pit.depthM * 1.3)));
		const serials = new Map<string, number>();
		return Array.from({ length: count }, (_, index): MonitorPointRow => {
			// The first points give every side one; the others fall where they fall.
			const side = pit.sides[index] ?? random.pick(pit.sides);
			const isInside = index >= pit.sides.length && pit.depthM >= 7 && random.chance(0.22);
			const [quantity, prefix, outM] = isInside
				? [...random.weighted(INSIDE.map(([kind, code, share]) => [[kind, code] as const, share] as const)), 0]
				: random.weighted(ON_SIDES.map(([kind, code, share, out]) => [[kind, code, out] as const, share] as const));
			const serial = (serials.get(prefix) ?? 0) + 1;
			serials.set(prefix, serial);
			return {
				id: random.uuid(),
				pit_id: pit.row.id,
				side_id: isInside ? null : side.id,
				code: `${prefix}${String(serial).padStart(2, '0')}`,
				quantity,
				location: pointOf(isInside ? innerPoint(random, pit.ring, 3) : alongSide(random, side, pit, outM)),
				...designLimit(random, quantity, side, pit.depthM),
				source_id,
			};
		});
	});
}

function alongSide(random: Random, side: PitSideRow, pit: DemoPit, outM: number): XY {
	const [from, to] = side.line.coordinates.map(toPlane) as [XY, XY];
	const part = random.between(0.12, 0.88);
	const at: XY = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
	if (outM === 0) return at;
	const length = distance(from, to);
	const normal: XY = [(to[1] - from[1]) / length, (from[0] - to[0]) / length];
	const centre = centreOf(pit.ring);
	const sign = (at[0] - centre[0]) * normal[0] + (at[1] - centre[1]) * normal[1] < 0 ? -1 : 1;
	return [at[0] + sign * outM * normal[0], at[1] + sign * outM * normal[1]];
}

/** One point in eight has no designer's value: the national table has to do there. */
function designLimit(
	random: Random,
	quantity: Quantity,
	{ grade, support }: PitSideRow,
	depthM: number,
): Pick<MonitorPointRow, 'design_cumulative_mm' | 'design_rate_mm_per_day' | 'design_note'> {
	const limit = random.chance(0.125) ? undefined : pitLimit(quantity, grade ?? 'II', support ?? 'boredPile', depthM);
	return {
		design_cumulative_mm: limit?.cumulativeMm ?? null,
		design_rate_mm_per_day: limit?.rateMmPerDay ?? null,
		design_note: limit ? '设计单位给定（演示）' : null,
	};
}
