import { describe, expect, test } from 'vitest';
import { parametersOf } from '../../src/lib/domain/alarm/parameter.ts';
import { qualityRules } from './alarm-quality.ts';
import { alarmRules, ruleCatalogue } from './alarm.ts';
import { coverageRules, roundCalendars } from './coverage.ts';
import { ladderRules } from './escalation.ts';
import { floodRules } from './flood.ts';
import { gridRules } from './grid.ts';
import { machineRules } from './machine.ts';
import { pitRules } from './pit.ts';
import { seasonDates } from './season.ts';
import { sourceWords } from './source-words.ts';

const shown = new Set<string>();
for (const rules of ruleCatalogue)
	for (const { shipped } of parametersOf(rules)) if (shipped) shown.add(shipped.source);
for (const { from } of alarmRules.offline.limits) shown.add(from.source);
JSON.stringify(
	[
		pitRules.limits.rows,
		pitRules.limits.designed,
		machineRules.due,
		coverageRules,
		roundCalendars,
		floodRules.seasons.byProvince,
		floodRules.seasons.fallback,
		seasonDates(2027),
		gridRules.weight,
		qualityRules,
		[ladderRules.danger, ladderRules.warning],
	],
	(key, value: unknown) => {
		if (key === 'source') shown.add(value as string);
		return value;
	},
);
/** The same in both languages: capitals and numbers, nothing to read. */
const isClause = (source: string) => /^[A-Z0-9/.\s-]+$/.test(source);

describe('every source of a rule a person can look at', () => {
	test.each([...shown].filter((source) => !isClause(source)))('%s', (source) => {
		const { zh, en } = sourceWords(source);
		expect(en).not.toMatch(/[\u4e00-\u9fff]{3}/);
		expect(zh).toMatch(/[\u4e00-\u9fff]/);
	});
	test('a reason of the bureau is shown as it was written', () => {
		expect(sourceWords('本局 2026 年第 3 号通知')).toEqual({
			zh: '本局 2026 年第 3 号通知',
			en: '本局 2026 年第 3 号通知',
		});
	});
});
