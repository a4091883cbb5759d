// The limits of a curve: a dashed line each, with its number inside the picture, at its left edge.

import type uPlot from 'uplot';
import type { DeviceSheet } from '#lib/contract/devices.ts';

interface Look {
	unit: string;
	/** Pixels of the canvas for one of the page. */
	ratio: number;
	color(name: string): string;
}

export function drawLimits(
	{ ctx, bbox, valToPos }: Pick<uPlot, 'ctx' | 'bbox' | 'valToPos'>,
	limits: readonly Pick<DeviceSheet['limits'][number], 'level' | 'value'>[],
	{ unit, ratio, color }: Look,
): void {
	const { left, width, top, height } = bbox;
	ctx.save();
	ctx.font = `${12 * ratio}px sans-serif`;
	// The axes, drawn before, leave theirs behind.
	ctx.textAlign = 'left';
	ctx.textBaseline = 'alphabetic';
	for (const { level, value } of limits) {
		const y = valToPos(value, 'y', true);
		if (y < top || y > top + height) continue;
		const [text, x, base] = [`${value} ${unit}`, left + 6 * ratio, y - 5 * ratio];
		ctx.strokeStyle = ctx.fillStyle = color(`--level-${level}`);
		ctx.setLineDash([8, 5]);
		ctx.lineWidth = 2 * ratio;
		ctx.beginPath();
		ctx.moveTo(left, y);
		ctx.lineTo(left + width, y);
		ctx.stroke();
		// To be read over the hatching of a gap too.
		ctx.setLineDash([]);
		ctx.lineWidth = 5 * ratio;
		ctx.strokeStyle = color('--panel');
		ctx.strokeText(text, x, base);
		ctx.fillText(text, x, base);
	}
	ctx.restore();
}
