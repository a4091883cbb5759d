// The six states an object on the map can be in, their order and their codes on the wire.

/** Codes are positions in this list and never change: they stand in columnar pictures and in stored events. */
export const LEVELS = ['unknown', 'off', 'normal', 'notice', 'warning', 'danger'] as const;

/**
 * - `unknown`: no data, or older than it may be; never shown as green
 * - `off`: silent as planned (site stopped, machine taken down)
 * - `normal`, `notice`, `warning`, `danger`: judged on fresh data
 */
export type Level = (typeof LEVELS)[number];

const GRAVITY: Record<Level, number> = { off: 0, normal: 1, unknown: 2, notice: 3, warning: 4, danger: 5 };

/** The gravest of several states; `off` when there are none. Unknown is graver than normal, lighter than a notice. */
export function worst(levels: Iterable<Level>): Level {
	let found: Level = 'off';
	for (const level of levels) if (GRAVITY[level] > GRAVITY[found]) found = level;
	return found;
}

export function levelCode(level: Level): number {
	return LEVELS.indexOf(level);
}

/** @throws RangeError for a code outside the list; a picture with one was written by another version */
export function levelOfCode(code: number): Level {
	const level = LEVELS[code];
	if (!level) throw new RangeError(`No level has the code ${code}; expected 0 to ${LEVELS.length - 1}.`);
	return level;
}
