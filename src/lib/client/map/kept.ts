// A value that is worked out again only when what it is made of is another object than before.

export class Kept<T> {
	#from: readonly unknown[] | undefined;
	#value: T | undefined;

	of(from: readonly unknown[], make: () => T): T {
		const held = this.#from;
		const isSame = held?.length === from.length && held.every((one, i) => Object.is(one, from[i]));
		if (!isSame) {
			this.#value = make();
			this.#from = from;
		}
		return this.#value as T;
	}
}
