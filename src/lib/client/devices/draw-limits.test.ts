import type uPlot from 'uplot';
import { expect, test } from 'vitest';
import { drawLimits } from './draw-limits.ts';

/** A canvas on which an axis has just been drawn: its labels end at the left edge of the picture. */
function afterAxis() {
	const texts: { text: string; x: number; align: string }[] = [];
	const nothing = () => undefined;
	const ctx = {
		...{ textAlign: 'right', textBaseline: 'middle' },
		...{ save: nothing, restore: nothing, setLineDash: nothing, beginPath: nothing, moveTo: nothing, lineTo: nothing },
		...{ stroke: nothing, strokeText: nothing },
		fillText(this: { textAlign: string }, text: string, x: number) {
			texts.push({ text, x, align: this.textAlign });
		},
	};
	return { ctx: ctx as unknown as uPlot['ctx'], texts };
}

test.each([1, 3])(
	'the number of a limit stands inside the picture, not on the labels of the axis (ratio %i)',
	(ratio) => {
		const { ctx, texts } = afterAxis();
		const bbox = { left: 56 * ratio, top: 0, width: 300 * ratio, height: 200 * ratio };
		const limits = [{ level: 'danger' as const, value: 100 }];
		drawLimits({ ctx, bbox, valToPos: () => 50 }, limits, { unit: '%', ratio, color: () => 'red' });
		expect(texts).toEqual([{ text: '100 %', x: 62 * ratio, align: 'left' }]);
	},
);
