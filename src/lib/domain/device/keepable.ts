// What a database can keep of what a device sends: text without NUL and without halves of characters, and JSON that
// is neither too large nor too deep.

/** No NUL and no lone surrogate: PostgreSQL's jsonb takes neither, and one of them would spoil a whole batch. */
export function isPlainText(text: string): boolean {
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code === 0) return false;
		if (code < 0xd800 || code > 0xdfff) continue;
		const next = text.charCodeAt(i + 1);
		if (code > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return false;
		i++;
	}
	return true;
}

/**
 * Whether a value parsed from JSON may be kept.
 *
 * @param limit - characters of all texts, names and numbers together
 * @param depth - levels of lists and objects
 */
export function isKeepable(value: unknown, limit: number, depth: number): boolean {
	return lengthOf(value, limit, depth) <= limit;
}

/** About the length of the value as JSON; Infinity for what may not be kept. Stops early. */
function lengthOf(value: unknown, limit: number, depth: number): number {
	if (typeof value === 'string') return isPlainText(value) ? value.length + 2 : Infinity;
	if (typeof value === 'number') return Number.isFinite(value) ? 8 : Infinity;
	if (typeof value !== 'object' || value === null) return 5;
	if (depth === 0) return Infinity;
	let length = 2;
	for (const [name, inner] of Object.entries(value)) {
		if (!isPlainText(name)) return Infinity;
		length += name.length + 4 + lengthOf(inner, limit - length, depth - 1);
		if (length > limit) return Infinity;
	}
	return length;
}
