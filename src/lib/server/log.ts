// The log: one JSON line per thing worth knowing, without secrets and without the numbers of people.

import pino, { type Logger } from 'pino';
import { logLines, type LogLines } from './log-lines.ts';

/** Censored wherever they stand: at the top and one or two levels down. */
const SECRET = ['authorization', 'cookie', 'set-cookie', 'password', 'token', 'secret', 'phone', 'idcard'];
const paths = SECRET.flatMap((name) => ['', '*.', '*.*.'].map((above) => bracketed(above, name)));

export type { Logger };

/** Standard output of this process. */
let out: LogLines | undefined;

/** @param destination - standard output by default; tests pass a stream of their own */
export function createLog(level: string, destination?: pino.DestinationStream): Logger {
	const options: pino.LoggerOptions = {
		level,
		base: null,
		timestamp: pino.stdTimeFunctions.isoTime,
		redact: { paths, censor: '…' },
	};
	return pino(options, destination ?? (out ??= logLines(1)));
}

function bracketed(above: string, name: string): string {
	return name.includes('-') ? `${above.replace(/\.$/, '')}["${name}"]` : `${above}${name}`;
}
