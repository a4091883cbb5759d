import { describe, expect, test } from 'vitest';
import { pixelRatioFor } from './pixel-ratio.ts';

describe('how finely the map is drawn', () => {
	test.each([
		['an office screen', 1920, 1080, 1, 1],
		['a laptop at 150 %', 1280, 720, 1.5, 1.5],
		['a phone', 390, 844, 3, 3],
		['a 4K wall', 3840, 2160, 1, 1],
	])('%s keeps its own ratio', (_, width, height, device, ratio) => {
		expect(pixelRatioFor(width, height, device)).toBe(ratio);
	});

	test.each([
		['a video wall', 6656, 1792, 1],
		['a 4K desk at 200 %', 3840, 2160, 2],
	])('%s is not drawn with more pixels than a 4K screen has', (_, width, height, device) => {
		const ratio = pixelRatioFor(width, height, device);
		expect(width * height * ratio * ratio).toBeLessThanOrEqual(3840 * 2160 * 1.001);
	});
});
