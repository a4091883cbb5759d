// How finely the map is drawn. A wall of 6656×1792 at ratio 2 would cost four times the memory for nothing.

/** Pixels a canvas may have: a 4K screen. Two canvases of this size are about 70 MB each. */
const MOST_PIXELS = 3840 * 2160;

/** @returns the device's own ratio, or less where that would draw too many pixels; never below 1 on a small screen */
export function pixelRatioFor(widthPx: number, heightPx: number, deviceRatio: number): number {
	const pixels = widthPx * heightPx;
	if (!(pixels > 0)) return Math.min(2, deviceRatio);
	return Math.min(deviceRatio, 3, Math.sqrt(MOST_PIXELS / pixels));
}
