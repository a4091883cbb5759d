// Rain of several hours out of fields that each hold a shorter time: which of them lie side by side, and what they leave
// open. A time no field covers is a gap; it is never a dry time.

export interface TimedField {
	product: string;
	/** End of the time the millimetres fell in. */
	validAt: string;
	periodS: number;
}

export interface FieldSpan<F> {
	/** Fields that do not overlap and lie wholly inside the span, in order of time. */
	fields: F[];
	/** They leave no gap. */
	isWhole: boolean;
}

/** Millimetres of a span; where it is not whole they are what fell at least. */
export interface RainAmount {
	mm: number;
	isWhole: boolean;
}

/**
 * The fields of one product that cover most of `(fromMs, toMs]` without overlapping: rolling hours that are issued every
 * ten minutes count each minute once. A field that reaches out of the span is not taken: nobody knows which part of its
 * rain fell inside. Of two products that cover as much the one with the newer field speaks.
 */
export function fieldsWithin<F extends TimedField>(fields: readonly F[], fromMs: number, toMs: number): FieldSpan<F> {
	const inside = fields
		.map((field) => ({ field, endMs: Date.parse(field.validAt), startMs: Date.parse(field.validAt) - ms(field) }))
		.filter(({ field, startMs, endMs }) => field.periodS > 0 && startMs >= fromMs && endMs <= toMs)
		.sort((a, b) => a.endMs - b.endMs);
	const byProduct = new Map<string, (typeof inside)[number][]>();
	for (const one of inside) byProduct.set(one.field.product, [...(byProduct.get(one.field.product) ?? []), one]);
	let best: { fields: F[]; coveredMs: number; endMs: number } = { fields: [], coveredMs: 0, endMs: -Infinity };
	for (const own of byProduct.values()) {
		const { fields: chosen, coveredMs } = mostCovered(own);
		const endMs = own.at(-1)!.endMs;
		if (coveredMs > best.coveredMs || (coveredMs === best.coveredMs && endMs > best.endMs))
			best = { fields: chosen, coveredMs, endMs };
	}
	return { fields: best.fields, isWhole: best.coveredMs >= toMs - fromMs };
}

/**
 * The last `hours` as measured fields know them. They end with the newest field, as a radar is always a little behind.
 *
 * @param lagMs - a newest field older than this says nothing of now; the span then ends now and is open
 */
export function lastHoursOf<F extends TimedField>(
	fields: readonly F[],
	atMs: number,
	hours: number,
	lagMs: number,
): FieldSpan<F> {
	const ends = fields.map(({ validAt }) => Date.parse(validAt)).filter((endMs) => endMs <= atMs);
	const newest = Math.max(-Infinity, ...ends);
	const toMs = atMs - newest <= lagMs ? newest : atMs;
	return fieldsWithin(fields, toMs - hours * 3_600_000, toMs);
}

/** @param values - what each field of the span says of one place; NaN where it knows nothing there */
export function amountOf(values: readonly number[], isWhole: boolean): RainAmount | null {
	const known = values.filter((mm) => !Number.isNaN(mm));
	if (known.length === 0) return null;
	return { mm: known.reduce((sum, mm) => sum + mm, 0), isWhole: isWhole && known.length === values.length };
}

const ms = ({ periodS }: TimedField) => periodS * 1000;

interface Timed<F> {
	field: F;
	startMs: number;
	endMs: number;
}

/** Weighted interval scheduling. @param own - in order of their ends */
function mostCovered<F>(own: readonly Timed<F>[]): { fields: F[]; coveredMs: number } {
	const best: { coveredMs: number; last: number; before: number }[] = [];
	for (const [i, { startMs, endMs }] of own.entries()) {
		let before = i - 1;
		while (before >= 0 && own[before]!.endMs > startMs) before--;
		const taken = endMs - startMs + (best[before]?.coveredMs ?? 0);
		const left = best[i - 1];
		best.push(left && left.coveredMs > taken ? left : { coveredMs: taken, last: i, before });
	}
	const fields: F[] = [];
	for (let at = best.at(-1); at; at = best[at.before]) fields.unshift(own[at.last]!.field);
	return { fields, coveredMs: best.at(-1)?.coveredMs ?? 0 };
}
