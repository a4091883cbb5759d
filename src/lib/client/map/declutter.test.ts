import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { declutter, textWidthEm, type Candidate } from './declutter.ts';

const screen = { width: 800, height: 600 };
const name = (x: number, y: number, weight: number, text = '湘湖人才公寓'): Candidate => ({
	...{ text, x, y, weight, sizePx: 13, offsetPx: [0, 18], anchor: 'middle' },
});

describe('names on the map', () => {
	test.each([
		['both, where there is room', [name(100, 100, 1), name(400, 100, 2)], [1, 0]],
		['the weightier of two at one place', [name(100, 100, 1), name(105, 103, 2)], [1]],
		['none off the screen', [name(-500, 100, 9), name(400, 9000, 9)], []],
	])('%s', (_, candidates, drawn) => {
		expect(declutter(candidates, screen, 50)).toEqual(drawn);
	});

	test('never cover a symbol or a name of the base map', () => {
		const kept = { left: 102, right: 118, top: 112, bottom: 128 };
		expect(declutter([name(100, 100, 1)], screen, 50, [kept])).toEqual([]);
	});

	test('a Chinese character is about as wide as two Latin letters', () => {
		expect(textWidthEm('工地')).toBe(2);
		expect(textWidthEm('1#')).toBeLessThan(1.3);
	});

	test('no two drawn names overlap, however many there are, and never more than asked for', () => {
		const place = fc.record({
			x: fc.integer({ min: 0, max: 800 }),
			y: fc.integer({ min: 0, max: 600 }),
			weight: fc.integer({ min: 0, max: 9 }),
		});
		fc.assert(
			fc.property(fc.array(place, { maxLength: 150 }), (places) => {
				const candidates = places.map(({ x, y, weight }) => name(x, y, weight));
				const drawn = declutter(candidates, screen, 40).map((i) => candidates[i]!);
				expect(drawn.length).toBeLessThanOrEqual(40);
				const width = textWidthEm('湘湖人才公寓') * 13;
				for (const [i, a] of drawn.entries())
					for (const b of drawn.slice(i + 1))
						expect(Math.abs(a.x - b.x) >= width || Math.abs(a.y - b.y) >= 13).toBe(true);
			}),
		);
	});
});
