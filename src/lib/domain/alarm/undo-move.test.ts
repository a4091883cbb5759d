import { describe, expect, test } from 'vitest';
import { lifeRules } from '../../../../db/rules/alarm-life.ts';
import { bornAlarm, type Life } from './life.ts';
import { humanOf, undo } from './undo-move.ts';

const AT = Date.parse('2026-11-20T03:00:00Z');
const duty = { id: 'duty', name: '沈岚' };
const grid = { id: 'grid', name: '楼建国' };
const born = bornAlarm('warning');

describe('taking a move back', () => {
	const before = humanOf(born);
	const last = { move: 'acknowledge', byId: 'duty', atMs: AT, before };
	const acknowledged: Life = {
		...{ ...born, handling: 'acknowledged', acknowledgedLevel: 'warning', acknowledgedBy: duty },
	};
	test.each([
		['one’s own, soon', duty, last, 60_000, 'new'],
		['not another’s', grid, last, 60_000, 'not-yours'],
		['not after ten minutes', duty, last, 10 * 60_000 + 1, 'too-late'],
		['not once something else has happened', duty, { ...last, byId: null, before: null }, 0, 'nothing-to-undo'],
		['not when there was nothing', duty, undefined, 0, 'nothing-to-undo'],
	])('%s', (_, by, step, afterMs, expected) => {
		const undone = undo(acknowledged, step, by, AT + afterMs, lifeRules);
		expect(undone.ok ? undone.life.handling : undone.reason).toBe(expected);
	});
	test('a closed alarm stays closed', () => {
		const closed: Life = { ...acknowledged, handling: 'closed', isActive: false };
		expect(undo(closed, last, duty, AT, lifeRules)).toEqual({ ok: false, reason: 'closed' });
	});
});
