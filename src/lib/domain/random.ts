// Chance that can be repeated: the same seed gives the same numbers on every machine. Nothing secret may come from it.

export interface Random {
	/** From 0 up to, not including, 1. */
	next(): number;
	/** From `from` up to, not including, `to`. */
	between(from: number, to: number): number;
	/** A whole number, both ends included. */
	whole(from: number, to: number): number;
	/** True with the given probability. */
	chance(probability: number): boolean;
	/** @throws RangeError for an empty list */
	pick<T>(list: readonly T[]): T;
	/** One of the entries, by weight. @throws RangeError when no weight is above 0 */
	weighted<T>(entries: readonly (readonly [T, number])[]): T;
	/** Normal distribution with mean 0 and deviation 1. */
	normal(): number;
	/** A new list in another order. */
	shuffled<T>(list: readonly T[]): T[];
	/** A stream of its own: what is drawn from it does not change what this one gives. */
	fork(label: string): Random;
	/** A version 4 UUID. */
	uuid(): string;
}

/** Spreads a text over 32 bits (FNV-1a). */
function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	return hash >>> 0;
}

/**
 * sfc32 (Chris Doty-Humphrey), seeded from a text by FNV-1a.
 *
 * @param seed - any text or number; `fork('a')` of seed 1 is the stream of `1/a`
 */
export function seeded(seed: string | number): Random {
	const text = String(seed);
	let a = hashOf(`${text}#a`);
	let b = hashOf(`${text}#b`);
	let c = hashOf(`${text}#c`);
	let counter = 1;
	const bits = (): number => {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = ((c << 21) | (c >>> 11)) + sum;
		return sum >>> 0;
	};
	for (let round = 0; round < 16; round++) bits();

	const next = (): number => bits() / 4294967296;
	const random: Random = {
		next,
		between: (from, to) => from + next() * (to - from),
		whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
		chance: (probability) => next() < probability,
		pick: <T>(list: readonly T[]): T => {
			if (list.length === 0) throw new RangeError('Nothing to pick from: the list is empty.');
			return list[Math.floor(next() * list.length)] as T;
		},
		weighted: <T>(entries: readonly (readonly [T, number])[]): T => {
			const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
			let rest = next() * total;
			for (const [value, weight] of entries) if (weight > 0 && (rest -= weight) < 0) return value;
			const last = entries.findLast(([, weight]) => weight > 0);
			if (!last) throw new RangeError('Nothing to pick from: no weight is above 0.');
			return last[0];
		},
		normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
		shuffled: <T>(list: readonly T[]): T[] => {
			const order = [...list];
			for (let at = order.length - 1; at > 0; at--) {
				const other = Math.floor(next() * (at + 1));
				[order[at], order[other]] = [order[other] as T, order[at] as T];
			}
			return order;
		},
		fork: (label) => seeded(`${text}/${label}`),
		uuid: () => {
			const hex = [bits(), bits(), bits(), bits()].map((word) => word.toString(16).padStart(8, '0')).join('');
			const variant = ((parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
			return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
		},
	};
	return random;
}
