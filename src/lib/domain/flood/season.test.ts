import { describe, expect, test } from 'vitest';
import { floodRules } from '#db/rules/flood.ts';
import { phaseAt, seasonOf } from './season.ts';

const { seasons } = floodRules;
const phase = (district: string, at: string) => phaseAt(seasonOf(district, seasons), new Date(at), seasons);

describe('the flood season', () => {
	test.each([
		['begins in Zhejiang with the first minute of 15 April, Shanghai time', '330109', '2026-04-14T16:00:00Z', 'during'],
		['has not begun one minute before', '330109', '2026-04-14T15:59:00Z', 'before'],
		['lasts through the last minute of 15 October', '330109', '2026-10-15T15:59:59Z', 'during'],
		['is over at midnight after it, and is looked back on', '330109', '2026-10-15T16:00:00Z', 'after'],
		['is prepared from 1 March', '330109', '2026-03-01T00:00:00+08:00', 'before'],
		['is nobody’s business at the end of February', '330109', '2026-02-28T12:00:00+08:00', 'off'],
		['is looked back on for thirty days', '330109', '2026-11-14T12:00:00+08:00', 'after'],
		['and then no more', '330109', '2026-11-15T12:00:00+08:00', 'off'],
		['begins in Jiangsu on 1 May', '320404', '2026-04-30T12:00:00+08:00', 'before'],
		['begins in Beijing on 1 June', '110112', '2026-06-01T00:00:00+08:00', 'during'],
		['of a province nobody configured is the common one', '420106', '2026-05-01T00:00:00+08:00', 'during'],
	] as const)('%s', (_, district, at, expected) => {
		expect(phase(district, at)).toBe(expected);
	});
});
