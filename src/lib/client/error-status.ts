// What an error page is about: a refusal of the server that is known by its code is no failure of the system.

const STATUS_OF: Readonly<Record<string, 403 | 404 | 503>> = {
	forbidden: 403,
	'not-found': 404,
	'database-down': 503,
	'disk-full': 503,
	'upstream-down': 503,
};

/** @param status - of the page: 500 for everything that a page's own reading has thrown */
export function errorStatus(status: number, code: string | undefined): number {
	return STATUS_OF[code ?? ''] ?? status;
}
