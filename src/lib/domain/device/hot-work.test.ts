import { describe, expect, test } from 'vitest';
import { hotWorkRules } from '../../../../db/rules/hot-work.ts';
import { moved, type LngLat } from '../geo.ts';
import { heardHotWork, hotWorkState, type HotWork } from './hot-work.ts';

const SITE: LngLat = [120.27, 30.17];
const MINUTE = 60_000;
const hear = (before: HotWork | null, atMs: number, values: Record<string, unknown>) =>
	heardHotWork(before, hotWorkRules, atMs, values, SITE);
const stateAt = (work: HotWork, nowMs: number) => hotWorkState(work, nowMs, hotWorkRules);

describe('a welding machine', () => {
	test('has a pin from its start to its stop', () => {
		const begun = hear(null, 0, { welding: true });
		expect(begun).toEqual({ sinceMs: 0, saidMs: 0, at: null });
		expect(hear(begun, MINUTE, { welding: false })).toBeNull();
		expect(hear(null, MINUTE, { welding: false })).toBeNull();
	});

	test('that repeats itself has welded since it began', () => {
		expect(hear(hear(null, 0, { welding: true }), MINUTE, { welding: true })).toMatchObject({
			sinceMs: 0,
			saidMs: MINUTE,
		});
	});

	test('is unknown ten minutes after its last word, and gone after four hours', () => {
		const work = hear(null, 0, { welding: true })!;
		expect(stateAt(work, 10 * MINUTE - 1)).toBe('welding');
		expect(stateAt(work, 10 * MINUTE)).toBe('unknown');
		expect(stateAt(work, 240 * MINUTE - 1)).toBe('unknown');
		expect(stateAt(work, 240 * MINUTE)).toBe('gone');
	});

	test('that only says that it lives does not say that it welds', () => {
		const work = hear(null, 0, { welding: true })!;
		expect(hear(work, 9 * MINUTE, { voltageV: 220 })).toBe(work);
		expect(hear(null, 0, { voltageV: 220 })).toBeNull();
	});

	test('is not brought back by a start that comes after its stop but was before it', () => {
		const work = hear(null, 5 * MINUTE, { welding: true })!;
		expect(hear(work, 4 * MINUTE, { welding: false })).toBe(work);
	});

	test('begins anew when it was gone', () => {
		const work = hear(null, 0, { welding: true });
		expect(hear(work, 300 * MINUTE, { welding: true })).toMatchObject({ sinceMs: 300 * MINUTE });
	});

	test('stands where it says, and at its site where that cannot be', () => {
		const near = moved(SITE, 90, 120);
		const at = ([longitude, latitude]: LngLat) => ({ welding: true, longitude, latitude });
		expect(hear(null, 0, at(near))!.at).toEqual(near);
		expect(hear(null, 0, at(moved(SITE, 90, 1100)))!.at).toBeNull();
		expect(hear(null, 0, at([0, 0]))!.at).toBeNull();
		expect(hear(hear(null, 0, at(near)), MINUTE, { welding: true })!.at).toEqual(near);
	});
});
