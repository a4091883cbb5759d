// What a monitoring point of a pit may reach: the designer's value first, else the national tables, by quantity, support
// and grade of its side. A limit is a pair: a cumulative value, the smaller of millimetres and share of the depth, and a
// rate. Without the depth the millimetres are an upper bound only: reaching them is certain, not reaching them is not.

import type { Rule } from '../rule.ts';

export type PitGrade = 'I' | 'II' | 'III';

/** One row of the tables: limits of a quantity for some kinds of support, per grade. Null: the table has none. */
export interface LimitRow {
	quantity: string;
	/** Kinds of support it is for; undefined: any. */
	supports?: readonly string[];
	cumulative: Record<PitGrade, Rule | null>;
	/** Percent of the depth of the pit. */
	ofDepth: Record<PitGrade, Rule | null>;
	ratePerDay: Record<PitGrade, Rule | null>;
}

export interface PointFacts {
	quantity: string;
	grade: PitGrade | null;
	support: string | null;
	depthM: number | null;
	isSlabDone: boolean;
	/** The designer's values, without sign; null where he gave none. */
	designCumulative: number | null;
	designRatePerDay: number | null;
}

export interface PointLimit {
	value: number;
	unit: string;
	/** Where it comes from: the designer, the table's millimetres, the table's share of the depth, or the bureau. */
	by: 'design' | 'table' | 'depth' | 'change';
	source: string;
	confidence: Rule['confidence'];
	/** The depth is missing although the table asks for it: the true limit may be smaller, never larger. */
	isUpperBound: boolean;
	/** What it was multiplied with after the base slab; 1 before. */
	factor: number;
}

export interface PointLimits {
	/** Null: nobody says what the point may reach, so it is not judged and is never called normal. */
	cumulative: PointLimit | null;
	rate: PointLimit | null;
}

export interface PitLimitRules {
	rows: readonly LimitRow[];
	/** Part of the rate that is left once the base slab is done. */
	afterSlab: Rule;
	designed: Pick<Rule, 'source' | 'confidence'>;
}

export function limitsOf(point: PointFacts, rules: PitLimitRules): PointLimits {
	const row = rules.rows.find(
		({ quantity, supports }) =>
			quantity === point.quantity && (!supports || (point.support !== null && supports.includes(point.support))),
	);
	return { cumulative: cumulativeOf(point, row, rules), rate: rateOf(point, row, rules) };
}

function cumulativeOf(point: PointFacts, row: LimitRow | undefined, { designed }: PitLimitRules): PointLimit | null {
	const { grade, depthM, designCumulative } = point;
	if (designCumulative !== null && designCumulative !== 0)
		return { ...designed, value: Math.abs(designCumulative), unit: unitOf(point.quantity), ...DESIGN };
	const absolute = grade && row?.cumulative[grade];
	if (!absolute) return null;
	const ofDepth = row.ofDepth[grade];
	const { unit, source, confidence } = absolute;
	const byDepth = ofDepth && depthM !== null ? (ofDepth.value / 100) * depthM * 1000 : Infinity;
	if (byDepth < absolute.value)
		return { value: byDepth, unit, source, confidence, by: 'depth', isUpperBound: false, factor: 1 };
	const isUpperBound = ofDepth !== null && depthM === null;
	return { value: absolute.value, unit, source, confidence, by: 'table', isUpperBound, factor: 1 };
}

function rateOf(
	point: PointFacts,
	row: LimitRow | undefined,
	{ afterSlab, designed }: PitLimitRules,
): PointLimit | null {
	const { grade, designRatePerDay } = point;
	const factor = point.isSlabDone ? afterSlab.value : 1;
	if (designRatePerDay !== null && designRatePerDay !== 0) {
		const value = Math.abs(designRatePerDay) * factor;
		return { ...designed, value, unit: `${unitOf(point.quantity)}/d`, ...DESIGN, factor };
	}
	const rate = grade && row?.ratePerDay[grade];
	if (!rate) return null;
	const { unit, source, confidence } = rate;
	return { value: rate.value * factor, unit, source, confidence, by: 'table', isUpperBound: false, factor };
}

/** What the bureau says a point may reach, in the place of what holds otherwise. */
export function limitOfBureau(value: number, reason: string, otherwise: PointLimit | null, unit: string): PointLimit {
	const from = { source: reason, confidence: 'local', by: 'change', isUpperBound: false, factor: 1 } as const;
	return { ...from, value, unit: otherwise?.unit ?? unit };
}

const DESIGN = { by: 'design', isUpperBound: false, factor: 1 } as const;

/** Unit of the quantity as devices report it. */
export function unitOf(quantity: string): string {
	return quantity === 'axialForce' || quantity === 'anchorForce' ? 'kN' : 'mm';
}
