import { describe, expect, test } from 'vitest';
import { floodRules } from '#db/rules/flood.ts';
import { movedAfterStop, standBy, type CranePose } from './movement.ts';

const minute = 60_000;
const pose = (minutes: number, more: Partial<CranePose> = {}): CranePose => ({
	atMs: minutes * minute,
	hookM: 12,
	radiusM: 20,
	loadPercent: 3,
	...more,
});
const ordered = new Date(0);
const by = standBy(ordered, null, floodRules.movement.grace);
const after = (before: CranePose | undefined, now: CranePose) => movedAfterStop(+by, before, now, floodRules.movement);

describe('a crane under a stop order', () => {
	test.each([
		[
			'may finish its lift in the first quarter of an hour',
			pose(10),
			pose(14, { hookM: 30, loadPercent: 80 }),
			undefined,
		],
		['that stands still and weathervanes is at rest', pose(20), pose(21), undefined],
		['that raises its hook moves', pose(20), pose(21, { hookM: 14 }), 'hook'],
		['that runs its trolley out moves', pose(20), pose(21, { radiusM: 18.9 }), 'trolley'],
		['that carries a load moves, whatever came before', undefined, pose(16, { loadPercent: 12 }), 'load'],
		['is not judged by a change across a silence of eleven minutes', pose(20), pose(31, { hookM: 40 }), undefined],
		['is not judged by a pose from before the order was due', pose(14), pose(16, { hookM: 40 }), undefined],
		['whose monitor knows no hook height is judged by the rest', pose(20, { hookM: undefined }), pose(21), undefined],
	] as const)('%s', (_, before, now, expected) => {
		expect(after(before, now)).toBe(expected);
	});
});

test('an event with its own time gives its own grace', () => {
	const soon = standBy(ordered, 90, floodRules.movement.grace);
	expect(movedAfterStop(+soon, pose(2), pose(3, { hookM: 30 }), floodRules.movement)).toBe('hook');
	expect(after(pose(2), pose(3, { hookM: 30 }))).toBeUndefined();
});
