import { expect, test } from 'vitest';
import { patrolRecords } from './hand-source.ts';

test.each([
	['2026-11-20 日常巡查', '巡查记录 2026-11-20 日常巡查'],
	['节前夜查', '巡查记录 2026-11-20 节前夜查'],
])('records of the patrol “%s” name its day once', (name, source) => {
	expect(patrolRecords({ on: '2026-11-20', name })).toBe(source);
});
