import { describe, expect, test } from 'vitest';
import { boundsOf, freePadding } from './camera.ts';

describe('the camera', () => {
	test('leaves the part free that panels cover', () => {
		expect(freePadding({ top: 60, right: 400, bottom: 0, left: 300 }, 1920, 1080)).toEqual({
			...{ top: 88, right: 428, bottom: 28, left: 328 },
		});
	});

	test('keeps some map on a phone, though a sheet covers nearly all of it', () => {
		const { top, bottom } = freePadding({ top: 100, right: 0, bottom: 700, left: 0 }, 390, 844);
		expect(844 - top - bottom).toBeGreaterThan(180);
	});

	test('bounds of nothing are none', () => {
		expect(boundsOf([])).toBeNull();
		expect(boundsOf([[120, 30]])).toEqual([120, 30, 120, 30]);
	});
});
