// Whether coordinates are of the datum they are said to be of. GCJ-02 lies about half a kilometre from WGS 84 in China and
// BD-09 a little over one: a register in the wrong one looks right on its own and is wrong everywhere.

import type { Position } from 'geojson';
import { distanceM, type LngLat } from '../geo.ts';
import type { Rule } from '../rule.ts';
import { isProjected, toWgs84, type Datum } from './datum.ts';
import { metersOutside, type Outline } from './outline.ts';

export interface DatumRules {
	/** Metres outside the outline that are still the outline's own inaccuracy; exceeded, not reached. */
	districtTolerance: Rule;
	/** Metres outside within which a wrong datum can be the reason. */
	datumReach: Rule;
	/** Share of the rows outside that another datum must bring inside before it is named. */
	datumRescue: Rule;
	/** Metres between a row and the same object in the register from which on another datum is tried. */
	knownShift: Rule;
}

export interface DatumVerdict {
	declared: Datum | null;
	checked: number;
	/** Positions inside the district under each datum that is possible for such coordinates. */
	inside: { datum: Datum; rows: number }[];
	looksLike: Datum | null;
	/** Longitude and latitude (easting and northing) seem to be exchanged. */
	isSwapped: boolean;
	/** What the coordinates are in, when the datum declared is in the other. */
	otherUnit: 'degrees' | 'metres' | null;
}

export interface DatumEvidence {
	/** Positions as they stand in the file. */
	positions: readonly Position[];
	/** Positions of the file beside where the register has the same object. */
	known: readonly { position: Position; at: LngLat }[];
	district: Outline | undefined;
}

/** Share of positions that must lie inside once exchanged, and may at most lie inside as they are, to call them exchanged. */
const SWAPPED_INSIDE = 0.8;
const AS_IS_INSIDE = 0.2;
const NEARLY_ALL = 0.9;

export function judgeDatum(declared: Datum | null, evidence: DatumEvidence, rules: DatumRules): DatumVerdict {
	const candidates = candidatesFor(declared);
	const inside = candidates.map((datum) => ({ datum, rows: countInside(evidence, toWgs84(datum), rules) }));
	const own = inside.find(({ datum }) => datum === declared) ?? inside[0]!;
	const checked = evidence.positions.length;

	const swapped = countInside(evidence, ([x, y]) => toWgs84(own.datum)([y!, x!]), rules);
	const isSwapped = checked > 0 && swapped >= SWAPPED_INSIDE * checked && own.rows <= AS_IS_INSIDE * checked;
	const looksLike = isSwapped
		? null
		: (byDistrict(own.datum, candidates, evidence, rules) ?? byKnown(own.datum, candidates, evidence, rules));
	return {
		declared,
		checked,
		inside,
		looksLike: looksLike ?? (declared === null ? bestOf(inside, checked) : null),
		isSwapped,
		otherUnit: declared === null ? null : otherUnitOf(declared, evidence.positions),
	};
}

/** Nearly all coordinates are too large for degrees, or too small for metres of a zone. */
function otherUnitOf(declared: Datum, positions: readonly Position[]): DatumVerdict['otherUnit'] {
	const isDegrees = ([x, y]: Position) => Math.abs(x!) <= 180 && Math.abs(y!) <= 180;
	const degrees = positions.filter(isDegrees).length;
	if (positions.length === 0) return null;
	if (isProjected(declared)) return degrees >= NEARLY_ALL * positions.length ? 'degrees' : null;
	return degrees <= (1 - NEARLY_ALL) * positions.length ? 'metres' : null;
}

/** Datums that coordinates of this form could also be of: degrees may be any of three, metres a neighbouring zone. */
function candidatesFor(declared: Datum | null): Datum[] {
	if (declared === null || !isProjected(declared)) {
		const plain: Datum = declared === null || declared === 'gcj02' || declared === 'bd09' ? 'wgs84' : declared;
		return [plain, 'gcj02', 'bd09'];
	}
	return [declared];
}

function countInside(
	{ positions, district }: DatumEvidence,
	convert: (position: Position) => LngLat,
	rules: DatumRules,
): number {
	if (!district) return 0;
	return positions.filter((position) => isInside(district, convert(position), rules)).length;
}

function isInside(district: Outline, at: LngLat, { districtTolerance, datumReach }: DatumRules): boolean {
	return metersOutside(district, at, datumReach.value) <= districtTolerance.value;
}

/** Another datum brings in most of the rows that lie outside by as little as a datum can move them; rows farther off do not count. */
function byDistrict(
	own: Datum,
	candidates: readonly Datum[],
	{ positions, district }: DatumEvidence,
	rules: DatumRules,
): Datum | null {
	if (!district) return null;
	const reach = rules.datumReach.value;
	const convert = toWgs84(own);
	const near = positions.filter((position) => metersOutside(district, convert(position), reach) < reach);
	if (near.length === 0 || near.length < positions.length / 2) return null;

	const inside = (datum: Datum) => countInside({ positions: near, known: [], district }, toWgs84(datum), rules);
	const ownInside = inside(own);
	const counts = candidates.map((datum) => ({ datum, rows: datum === own ? ownInside : inside(datum) }));
	const best = counts.reduce((a, b) => (b.rows > a.rows ? b : a));
	const gained = best.rows - ownInside;
	return gained > 0 && gained >= rules.datumRescue.value * (near.length - ownInside) ? best.datum : null;
}

/** The objects that are already known stand shifted, all alike, and another datum puts them where they are known to be. */
function byKnown(own: Datum, candidates: readonly Datum[], { known }: DatumEvidence, rules: DatumRules): Datum | null {
	if (known.length === 0) return null;
	const shift = (datum: Datum) => median(known.map(({ position, at }) => distanceM(toWgs84(datum)(position), at)));
	const ownShift = shift(own);
	if (!(ownShift > rules.knownShift.value && ownShift < rules.datumReach.value)) return null;
	const best = candidates.reduce((a, b) => (shift(b) < shift(a) ? b : a));
	return shift(best) <= (1 - rules.datumRescue.value) * ownShift ? best : null;
}

/** With no datum named: the one under which most lie inside, if any does better than the others. */
function bestOf(inside: DatumVerdict['inside'], checked: number): Datum | null {
	const [first, second] = [...inside].sort((a, b) => b.rows - a.rows);
	return first && checked > 0 && first.rows > (second?.rows ?? 0) ? first.datum : null;
}

function median(values: number[]): number {
	const sorted = values.sort((a, b) => a - b);
	return sorted[sorted.length >> 1]!;
}
