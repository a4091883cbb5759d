// The platform as a device sees it: an address, a token, a list of what stands where, and a door for readings.

import type { Board } from '#lib/contract/board.ts';
import type { FloodNow, NoticeView } from '#lib/contract/flood.ts';
import type { Reading, TelemetryAnswer } from '#lib/contract/telemetry.ts';

export interface Platform {
	board(): Promise<Board>;
	/** Orders of the flood season that sites have been told. */
	notices(): Promise<NoticeView[]>;
	/** @throws Refused when the platform will not take it, any other error when it cannot be reached */
	send(readings: readonly Reading[]): Promise<TelemetryAnswer>;
}

/** The platform has understood and said no; sending the same again is useless. */
export class Refused extends Error {
	override readonly name = 'Refused';
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

/** One line; `fetch failed` alone says nothing, its cause does. */
export function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const cause = error.cause instanceof Error ? error.cause : undefined;
	return cause ? `${error.message} (${(cause as NodeJS.ErrnoException).code ?? cause.message})` : error.message;
}

/** Answers after which the same request may succeed: sign-in that is being set up, too much at once, server trouble. */
const WORTH_ANOTHER_TRY = (status: number) =>
	status === 401 || status === 403 || status === 408 || status === 429 || status >= 500;

/** @param readToken - for the list; devices send with `token` */
export function connect(
	url: string,
	token: string,
	readToken: string,
	deadlineMs: number,
	fetching: typeof fetch = fetch,
): Platform {
	const ask = async (path: string, bearer: string, init: RequestInit = {}): Promise<unknown> => {
		const response = await fetching(new URL(path, url), {
			...init,
			headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', accept: 'application/json' },
			signal: AbortSignal.timeout(deadlineMs),
		});
		if (response.ok) return response.json();
		const text = `${path} → ${response.status}: ${(await response.text()).slice(0, 200)}`;
		throw WORTH_ANOTHER_TRY(response.status) ? new Error(text) : new Refused(response.status, text);
	};
	return {
		notices: async () => ((await ask('/api/v1/flood', readToken)) as FloodNow).notices,
		board: async () => (await ask('/api/v1/board', readToken)) as Board,
		send: async (readings) =>
			(await ask('/api/v1/telemetry', token, {
				method: 'POST',
				body: JSON.stringify({ readings }),
			})) as TelemetryAnswer,
	};
}
