// Sorting for tables: numbers as numbers, words in the order of the reader's language, nothing known always last.

export type Direction = 'up' | 'down';

const words = new Intl.Collator('zh-Hans-CN', { numeric: true });

/** A sorted copy; without `by` the order stays as it came. */
export function sortRows<Row>(
	rows: readonly Row[],
	by: ((row: Row) => string | number | null) | undefined,
	direction: Direction,
): readonly Row[] {
	if (!by) return rows;
	const sign = direction === 'up' ? 1 : -1;
	return rows
		.map((row) => ({ row, key: by(row) }))
		.sort(({ key: a }, { key: b }) => {
			if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
			const order = typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b));
			return order * sign;
		})
		.map(({ row }) => row);
}
