// Whether the database answers, as far as the last attempts tell.

export interface Health {
	isUp(): boolean;
	up(): void;
	down(error: Error): void;
	stop(): void;
}

const PROBE_MS = 1000;

/** Starts out up: it is made by somebody who is about to connect. While down, `probe` is tried every second. */
export function watchHealth(probe: () => Promise<unknown>): Health {
	let up = true;
	let stopped = false;
	let timer: NodeJS.Timeout | undefined;

	function later(): void {
		timer ??= setTimeout(() => {
			timer = undefined;
			probe().then(
				() => (up = true),
				() => up || stopped || later(),
			);
		}, PROBE_MS).unref();
	}

	return {
		isUp: () => up,
		up: () => void (up = true),
		down: () => {
			up = false;
			if (!stopped) later();
		},
		stop: () => {
			stopped = true;
			clearTimeout(timer);
		},
	};
}
