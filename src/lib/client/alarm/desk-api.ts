// Asks the duty desk's doors; a refusal comes as its sentence.

import type { ErrorBody } from '#lib/contract/error.ts';

export async function ask<T>(path: string, method: 'GET' | 'POST' | 'DELETE' = 'GET', body?: unknown): Promise<T> {
	const response = await fetch(path, {
		method,
		cache: 'no-store',
		...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
	});
	if (!response.ok) {
		const told = (await response.json().catch(() => null)) as ErrorBody | null;
		throw new Error(told?.error.message ?? `${response.status}`);
	}
	return (await response.json()) as T;
}
