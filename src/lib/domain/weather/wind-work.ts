// Which work a wind stops. The wind is a mean over minutes, never a gust.

import type { Rule } from '../rule.ts';

export const WORKS = ['lifting', 'heightWork', 'gondola', 'scaffoldMove', 'climbing', 'hoistRunning'] as const;
export type Work = (typeof WORKS)[number];

export interface WorkWind {
	work: Work;
	/** Mean in m/s from which on the work stops; reached. */
	stop: Rule;
	/** Mean from which on it is announced. */
	warning?: Rule;
}

/**
 * Kinds of work that stop at a mean wind, in the order of the table.
 *
 * @param meanMs - m/s; NaN stops nothing and permits nothing: the answer is undefined
 */
export function stoppedBy(meanMs: number, table: readonly WorkWind[]): Work[] | undefined {
	if (Number.isNaN(meanMs)) return undefined;
	return table.filter(({ stop }) => meanMs >= stop.value).map(({ work }) => work);
}
