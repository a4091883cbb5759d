// Readings that wait for those they may have overtaken before they are judged; see domain/device/hold-back.ts.

import { HoldBack, type Came } from '#lib/domain/device/hold-back.ts';
import type { Heard } from '../alarms/engine.ts';

export interface HeldReadings {
	/** Judges at once where nothing has to wait. */
	take(readings: readonly Heard[], cameMs: number): void;
	/** Judges what has waited long enough. */
	release(): void;
	/** When the first of those that wait came, ms; Infinity without any. */
	oldestMs(): number;
	/** Judges all of them. */
	close(): void;
}

export interface HeldReadingsParts {
	/** How long they wait, ms; zero: not at all. */
	holdMs: () => number;
	judge: (readings: readonly Heard[], nowMs: number) => void;
	now: () => number;
	/** Whether they are released by a clock; else whoever made this calls `release`. */
	isByItself: boolean;
}

export function holdReadings({ holdMs, judge, now, isByItself }: HeldReadingsParts): HeldReadings {
	const waiting = new HoldBack<Heard & Came>();
	let releasing: NodeJS.Timeout | undefined;

	function release(): void {
		const nowMs = now();
		const ready = waiting.due(nowMs, holdMs());
		if (ready.length > 0) judge(ready, nowMs);
		clearTimeout(releasing);
		releasing = undefined;
		if (isByItself && !waiting.isEmpty)
			releasing = setTimeout(release, Math.max(1, waiting.oldestMs + holdMs() - nowMs));
	}

	return {
		take(readings, cameMs) {
			if (holdMs() === 0 && waiting.isEmpty) return judge(readings, cameMs);
			waiting.put(readings.map(({ device, atUs, seq, values }) => ({ device, atUs, seq, values, cameMs })));
			if (isByItself) releasing ??= setTimeout(release, holdMs());
		},
		release,
		oldestMs: () => waiting.oldestMs,
		close() {
			clearTimeout(releasing);
			judge(waiting.due(Infinity, 0), now());
		},
	};
}
