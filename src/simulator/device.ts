// What every simulated device is: it knows when it speaks next and what it then says.

import type { LngLat } from '#lib/domain/geo.ts';

export type Values = Record<string, number | boolean | string>;

export interface Device {
	id: string;
	/** When it speaks next, ms since 1970. */
	nextAt: number;
	/** What it measures at `nextAt`, null when it has nothing to say; sets the next time. */
	speak(): Values | null;
}

/** What a device may ask about the world. */
export interface Surroundings {
	/** Mean wind ten metres above ground. */
	windMs(at: LngLat, timeMs: number): number;
	windTowardsDeg(timeMs: number): number;
	isWorking(timeMs: number, siteId: string): boolean;
	/** Whether the cranes of a site stand still because they were ordered to. */
	isStopped(timeMs: number, siteId: string): boolean;
}

export function rounded(value: number, digits: number): number {
	const factor = 10 ** digits;
	return Math.round(value * factor) / factor;
}
