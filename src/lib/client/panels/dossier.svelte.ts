// Reads a dossier over HTTP and keeps it while its panel is open. A newer request makes an older one's answer void.

import { ask } from '../ask.ts';

export class Dossier<T> {
	data = $state.raw<T | null>(null);
	fault = $state<string | null>(null);
	#asked = 0;

	/** Fetches again; what is shown stays until the answer is here. */
	async read(url: string): Promise<void> {
		const asked = ++this.#asked;
		try {
			const data = await ask<T>(url);
			if (asked !== this.#asked) return;
			this.data = data;
			this.fault = null;
		} catch (error) {
			if (asked === this.#asked) this.fault = error instanceof Error ? error.message : String(error);
		}
	}

	clear(): void {
		this.#asked++;
		this.data = null;
		this.fault = null;
	}
}
