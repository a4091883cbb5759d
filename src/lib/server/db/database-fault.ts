// What a driver or the server says when the database is out of reach, late or full, as the one fault a person is told.

import { Fault } from '../errors.ts';

/** SQLSTATEs: connection lost or refused, shutting down, deadline, idle transaction, too many connections. */
const DOWN_STATES = /^(08...|57P0.|57014|25P03|53300)$/;
const DOWN_ERRNOS = new Set([
	'ECONNREFUSED',
	'ECONNRESET',
	'ENOENT',
	'ENOTFOUND',
	'EPIPE',
	'ETIMEDOUT',
	'EHOSTUNREACH',
]);
/** pg has no codes for these. */
const DOWN_WORDS =
	/^(Connection terminated|Client has encountered a connection error|Query read timeout|timeout exceeded when trying to connect|timeout expired)/;
const DISK_FULL = '53100';

/** The fault behind an error of the driver, or the error itself when it is none. */
export function asDatabaseFault(error: unknown): unknown {
	if (!(error instanceof Error) || error instanceof Fault) return error;
	const code = (error as { code?: string }).code ?? '';
	if (code === DISK_FULL) {
		return new Fault('disk-full', 'database', '磁盘已满，未保存 · The disk is full; nothing was stored.', {
			cause: error,
		});
	}
	if (DOWN_STATES.test(code) || DOWN_ERRNOS.has(code) || DOWN_WORDS.test(error.message)) {
		return new Fault(
			'database-down',
			'database',
			`数据库暂不可用，请稍后重试（${error.message}） · The database is out of reach.`,
			{
				cause: error,
			},
		);
	}
	return error;
}
