// Faults a person can be told about. Anything else that is thrown is a bug and shows as "internal error".

export type FaultCode =
	| 'bad-input'
	| 'not-signed-in'
	| 'forbidden'
	| 'not-found'
	| 'method-not-allowed'
	| 'conflict'
	| 'gone'
	| 'too-large'
	| 'too-many'
	| 'database-down'
	| 'disk-full'
	| 'upstream-down';

const STATUS: Record<FaultCode, number> = {
	'bad-input': 422,
	'not-signed-in': 401,
	forbidden: 403,
	'not-found': 404,
	'method-not-allowed': 405,
	conflict: 409,
	gone: 410,
	'too-large': 413,
	'too-many': 429,
	'database-down': 503,
	'disk-full': 507,
	'upstream-down': 503,
};

export class Fault extends Error {
	override readonly name = 'Fault';
	readonly code: FaultCode;
	readonly subject: string;
	/** Rows, fields or items the fault is about, for the `details` of an answer. */
	readonly details: unknown[] | undefined;

	/** @param subject - what it happened to, as a person would name it: `crane TC-7`, `sites.xlsx` */
	constructor(code: FaultCode, subject: string, message: string, options?: { cause?: unknown; details?: unknown[] }) {
		super(message, options);
		this.code = code;
		this.subject = subject;
		this.details = options?.details;
	}

	get status(): number {
		return STATUS[this.code];
	}
}

export function methodFault(method: string, path: string): Fault {
	return new Fault('method-not-allowed', path, `此接口不支持 ${method} · ${path} does not take ${method}.`);
}
