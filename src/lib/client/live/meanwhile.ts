// What events say while the answer to a question is awaited is newer than the answer. It is kept as long as somebody
// waits, and no longer: a wall is open for months.

export class Meanwhile {
	#awaited = new Set<Set<string>>();

	/** Call before asking. @returns grows by what is told from now on, until it is handed to `end` */
	begin(): ReadonlySet<string> {
		const told = new Set<string>();
		this.#awaited.add(told);
		return told;
	}

	/** The answer is there, or will not come. */
	end(told: ReadonlySet<string>): void {
		this.#awaited.delete(told as Set<string>);
	}

	tell(id: string): void {
		for (const told of this.#awaited) told.add(id);
	}
}
