import { describe, expect, test } from 'vitest';
import { floodRules } from '#db/rules/flood.ts';
import { isExposureDue } from './exposure-clock.ts';

const rules = { zone: floodRules.seasons.zone, every: floodRules.exposureEveryS };
const at = (clock: string) => new Date(`2026-07-${clock}+08:00`);
const calm = { isEdited: false, isEvent: false };
const event = { isEdited: false, isEvent: true };

describe('exposure is due', () => {
	test.each([
		['when the program has just started', at('10T09:00:00'), null, calm, true],
		['not again the same day when nothing happens', at('10T23:59:59'), at('10T00:00:00'), calm, false],
		['at midnight on the clock of the bureau', at('11T00:00:00'), at('10T23:59:00'), calm, true],
		['not at midnight in Greenwich', new Date('2026-07-10T00:00:00Z'), new Date('2026-07-09T23:59:00Z'), calm, false],
		['after an edit at once', at('10T09:00:01'), at('10T09:00:00'), { ...calm, isEdited: true }, true],
		['in an event not before ten minutes', at('10T09:09:59'), at('10T09:00:00'), event, false],
		['in an event after ten minutes', at('10T09:10:00'), at('10T09:00:00'), event, true],
		['in an event at midnight too, however short ago it was', at('11T00:00:00'), at('10T23:55:00'), event, true],
	])('%s: %s after %s', (_, now, judged, since, expected) => {
		expect(isExposureDue(now, judged, since, rules)).toBe(expected);
	});
});
