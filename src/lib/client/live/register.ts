// Asks the server for what changes rarely: the register, the standing alarms, and welding machines that work.

import type { Board } from '#lib/contract/board.ts';
import type { AlarmMessage } from '#lib/contract/events.ts';
import type { HotWorkList, HotWorkPin } from '#lib/contract/hot-work.ts';

export interface Register {
	/** The register, or null when it is the one already held. */
	board: () => Promise<Board | null>;
	standingAlarms: () => Promise<AlarmMessage[]>;
	hotWork: () => Promise<HotWorkPin[]>;
}

/** The register over HTTP; remembers the tag of the board it read last. */
export function registerOverHttp(): Register {
	let tag: string | null = null;
	return {
		async board() {
			// The browser's own cache would turn a 304 into a 200 with the old body; a board of 5 MB is not parsed twice.
			const response = await fetch('/api/v1/board', {
				cache: 'no-store',
				headers: tag ? { 'if-none-match': tag } : {},
			});
			if (response.status === 304) return null;
			const board = await read<Board>(response);
			tag = response.headers.get('etag');
			return board;
		},
		async standingAlarms() {
			const response = await fetch('/api/v1/alarms?state=standing&format=json&limit=10000', { cache: 'no-store' });
			return (await read<{ items: AlarmMessage[] }>(response)).items;
		},
		async hotWork() {
			return (await read<HotWorkList>(await fetch('/api/v1/hot-work', { cache: 'no-store' }))).items;
		},
	};
}

async function read<T>(response: Response): Promise<T> {
	if (!response.ok) throw new Error(`${new URL(response.url).pathname} answered ${response.status}.`);
	return (await response.json()) as T;
}
