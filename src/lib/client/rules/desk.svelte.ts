// What pages of rules have in common: a list that is read, deeds after which it is read again, and what went wrong.

export class Desk<List> {
	list = $state.raw<List | null>(null);
	fault = $state<string | null>(null);
	busy = $state(false);
	readonly #ask: () => Promise<List>;

	constructor(ask: () => Promise<List>) {
		this.#ask = ask;
	}

	async read(): Promise<void> {
		try {
			this.list = await this.#ask();
			this.fault = null;
		} catch (error) {
			this.fault = error instanceof Error ? error.message : String(error);
		}
	}

	/** Runs a deed of the person and reads the list again; what went wrong is said. */
	async act(deed: () => Promise<unknown>): Promise<boolean> {
		this.busy = true;
		try {
			await deed();
			await this.read();
			return true;
		} catch (error) {
			this.fault = error instanceof Error ? error.message : String(error);
			return false;
		} finally {
			this.busy = false;
		}
	}
}
