// What the engine finds passes here. While this process judges, findings go on to be written; while another one does,
// they are dropped: that one finds the same. Right after a change of judge it also drops what its predecessor had
// already written of alarms that are over.

import type { Finding, Outbox } from './outbox.ts';

export interface Gate extends Outbox {
	/** @param isWritten - whether the predecessor has already written this alarm to its end */
	open(outbox: Outbox, isWritten?: (finding: Finding) => boolean): void;
	/** From now on nothing is looked up any more: every finding is new. */
	caughtUp(): void;
	close(): void;
	isOpen(): boolean;
}

export function createGate(): Gate {
	let inner: Outbox | undefined;
	let isWritten: ((finding: Finding) => boolean) | undefined;
	return {
		open(outbox, written) {
			inner?.stop();
			inner = outbox;
			isWritten = written;
		},
		caughtUp: () => void (isWritten = undefined),
		close() {
			inner?.stop();
			inner = undefined;
		},
		isOpen: () => inner !== undefined,
		put(finding) {
			if (!isWritten?.(finding)) inner?.put(finding);
		},
		drained: async () => inner?.drained(),
		waiting: () => inner?.waiting() ?? 0,
		remember: (groups) => inner?.remember(groups),
		stop: () => inner?.stop(),
	};
}
