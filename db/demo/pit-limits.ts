// What an invented designer writes beside a monitoring point. The figures lean on GB 50497-2019 table 8.0.4 (lower bounds,
// and the smaller of millimetres and share of depth); they are demonstration data and judge nothing outside of it.

import type { MonitorPointRow, PitSideRow } from './rows.ts';

type Grade = NonNullable<PitSideRow['grade']>;
type Support = NonNullable<PitSideRow['support']>;

interface Entry {
	/** Millimetres for grades I, II, III. */
	mm: [number, number, number];
	/** Share of the depth in percent; none where the table has none. */
	percent?: [number, number, number];
	mmPerDay: [number, number, number];
}

const SOFT_TOP: Entry = { mm: [30, 40, 50], percent: [0.3, 0.5, 0.7], mmPerDay: [3, 4, 5] };
const STIFF_TOP: Entry = { mm: [20, 30, 40], percent: [0.2, 0.3, 0.6], mmPerDay: [2, 2, 3] };
const VERTICAL: Entry = { mm: [20, 30, 40], percent: [0.2, 0.4, 0.6], mmPerDay: [2, 3, 4] };
const DEEP: Entry = { mm: [40, 50, 60], percent: [0.4, 0.5, 0.6], mmPerDay: [2, 3, 4] };
const GROUND: Entry = { mm: [25, 35, 45], mmPerDay: [2, 3, 4] };
const COLUMN: Entry = { mm: [20, 20, 20], mmPerDay: [2, 2, 2] };
const SOFT: readonly Support[] = [
	'soilNailWall',
	'compositeSoilNailWall',
	'anchoredShotcrete',
	'cementSoilWall',
	'slope',
];

/** Undefined for quantities that are not millimetres of movement. */
export function pitLimit(
	quantity: MonitorPointRow['quantity'],
	grade: Grade,
	support: Support,
	depthM: number,
): { cumulativeMm: number; rateMmPerDay: number } | undefined {
	const entry = entryOf(quantity, support);
	if (!entry) return undefined;
	const at = grade === 'I' ? 0 : grade === 'II' ? 1 : 2;
	const byDepth = entry.percent ? entry.percent[at] * 10 * depthM : Infinity;
	return { cumulativeMm: Math.round(Math.min(entry.mm[at], byDepth) * 10) / 10, rateMmPerDay: entry.mmPerDay[at] };
}

function entryOf(quantity: MonitorPointRow['quantity'], support: Support): Entry | undefined {
	switch (quantity) {
		case 'wallTopHorizontal':
			return SOFT.includes(support) ? SOFT_TOP : STIFF_TOP;
		case 'wallTopVertical':
			return VERTICAL;
		case 'deepHorizontal':
			return DEEP;
		case 'groundSettlement':
			return GROUND;
		case 'columnVertical':
			return COLUMN;
		default:
			return undefined;
	}
}
