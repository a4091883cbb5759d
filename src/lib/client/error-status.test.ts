import { expect, test } from 'vitest';
import { errorStatus } from './error-status.ts';

test.each([
	['a route sheet that is sealed or was never there', 500, 'not-found', 404],
	['a page of another role', 500, 'forbidden', 403],
	['a failure of the system', 500, 'internal', 500],
	['an address nobody knows', 404, undefined, 404],
])('%s is shown as what it is', (_, status, code, shown) => {
	expect(errorStatus(status, code)).toBe(shown);
});
