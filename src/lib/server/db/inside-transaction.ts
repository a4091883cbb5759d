// Whether the code that runs now was called inside an open transaction.

import { AsyncLocalStorage } from 'node:async_hooks';

interface Open {
	open: boolean;
}

const current = new AsyncLocalStorage<Open>();

export const insideTransaction = (): boolean => current.getStore()?.open ?? false;

/** Runs the body of a transaction. What it starts and does not await is free again once the transaction has ended. */
export async function runInside<T>(body: () => Promise<T>): Promise<T> {
	const mark: Open = { open: true };
	try {
		return await current.run(mark, body);
	} finally {
		mark.open = false;
	}
}
