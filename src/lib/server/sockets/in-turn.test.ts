import fc from 'fast-check';
import { expect, test } from 'vitest';
import { turns } from './in-turn.ts';

const OPTIONS = { withinMs: 4000, everyMs: 200 };

test('everybody comes up within the time, whenever they came and however many, and never all at once', () => {
	fc.assert(
		fc.property(fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 120 }), (cameAtTick) => {
			const next = turns<{ no: number }>(OPTIONS);
			const people = cameAtTick.map((tick, no) => ({ no, tick }));
			const lastMs = new Map(people.map(({ no, tick }) => [no, tick * OPTIONS.everyMs]));
			for (let tick = 0; tick < 150; tick++) {
				const nowMs = tick * OPTIONS.everyMs;
				const here = people.filter((one) => one.tick <= tick);
				const up = next(here, nowMs);
				expect(up.length).toBeLessThanOrEqual(Math.ceil(here.length / 19));
				for (const { no } of up) lastMs.set(no, nowMs);
				for (const { no } of here) expect(nowMs - lastMs.get(no)!).toBeLessThanOrEqual(OPTIONS.withinMs);
			}
		}),
	);
});

test('with nobody here nobody comes up', () => {
	expect(turns(OPTIONS)([], 0)).toEqual([]);
});
