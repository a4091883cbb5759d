// A number that decides something, with where it comes from. Shipped rules stand in db/rules.

/** How far a number may be trusted: seen in its source, told by others, assumed by us, or set by the bureau. */
export type Confidence = 'verified' | 'reported' | 'assumed' | 'local';

export interface Rule<T = number> {
	value: T;
	/** UCUM-like unit of `value`: `m/s`, `%`, `mm`, `a`, `s`. Empty for a pure number. */
	unit: string;
	/** Standard or document and its clause, as a person would look it up. */
	source: string;
	confidence: Confidence;
}
