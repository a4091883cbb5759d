// The command was called in a way it does not understand: exit status 2, what was wrong, and how it is called.

export class UsageError extends Error {
	override readonly name = 'UsageError';

	/** @param what - what is not understood; left out where how it is called says it all */
	constructor(what = '') {
		super(what);
	}
}
