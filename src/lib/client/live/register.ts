// Asks the server for what changes rarely: the register, and the list of open alarms.

import type { Board } from '#lib/contract/board.ts';
import type { AlarmMessage } from '#lib/contract/events.ts';

export interface Register {
	/** The register, or null when it is the one already held. */
	board: (heldVersion: string | undefined) => Promise<Board | null>;
	openAlarms: () => Promise<AlarmMessage[]>;
}

export const overHttp: Register = {
	async board(heldVersion) {
		const headers: HeadersInit = heldVersion ? { 'if-none-match': `"${heldVersion}"` } : {};
		const response = await fetch('/api/v1/board', { headers });
		if (response.status === 304) return null;
		return read<Board>(response);
	},
	async openAlarms() {
		const { alarms } = await read<{ alarms: AlarmMessage[] }>(await fetch('/api/v1/alarms?state=open'));
		return alarms;
	},
};

async function read<T>(response: Response): Promise<T> {
	if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
	return (await response.json()) as T;
}
