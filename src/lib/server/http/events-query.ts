// `?after=&limit=` of a request for the event log.

import { Fault } from '../errors.ts';

const LIMIT = 500;
export const EVENTS_AT_MOST = 10_000;

/** @throws Fault `bad-input` */
export function readEventsQuery(url: URL): { after: number; limit: number } {
	return {
		after: whole(url, 'after', 0, 0, Number.MAX_SAFE_INTEGER),
		limit: whole(url, 'limit', LIMIT, 1, EVENTS_AT_MOST),
	};
}

function whole({ searchParams }: URL, parameter: string, otherwise: number, min: number, max: number): number {
	const text = searchParams.get(parameter);
	if (text === null) return otherwise;
	const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
	if (value >= min && value <= max) return value;
	throw new Fault(
		'bad-input',
		parameter,
		`“${parameter}” 须为 ${min} 到 ${max} 的整数 · “${parameter}” must be a whole number from ${min} to ${max}.`,
		{ details: [{ parameter, message: `must be a whole number from ${min} to ${max}` }] },
	);
}
