// Something read from the database that many ask for at once: one question at a time, and its answer serves all who ask
// before it is out of date.

export class Kept<T> {
	#answer: Promise<T> | undefined;
	#running: Promise<unknown> | undefined;
	#version = NaN;
	#atMs = -Infinity;

	/**
	 * @param version - number of changes so far; an answer from before the last one is not given again
	 * @param maxMs - age from which an answer is out of date
	 */
	async get(version: () => number, now: () => number, maxMs: number, read: () => Promise<T>): Promise<T> {
		for (;;) {
			if (this.#answer && this.#version === version() && now() - this.#atMs < maxMs) return this.#answer;
			if (!this.#running) break;
			await this.#running;
		}
		this.#version = version();
		this.#atMs = now();
		const answer = read();
		this.#answer = answer;
		this.#running = answer.catch(() => (this.#answer = undefined)).then(() => (this.#running = undefined));
		return answer;
	}
}
