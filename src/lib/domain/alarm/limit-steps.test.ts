import { expect, test } from 'vitest';
import { alarmRules } from '#db/rules/alarm.ts';
import { signalLimits } from '#db/rules/weather.ts';
import type { RuleChange } from './effective.ts';
import { ruleSteps, type RulePast } from './limit-steps.ts';

const { wind } = alarmRules.towerCrane;
const crane = { townCode: '330109003', siteId: 's', machineId: 'm', pointId: null };
const nothing: RulePast = { changes: [], spells: [], signalTable: signalLimits };
const change = (more: Partial<RuleChange>): RuleChange => ({
	...{ id: 'a', ruleKey: wind.by.key, scope: { kind: 'bureau', id: null }, values: { 'from.danger': 11 } },
	...{ fromMs: 0, untilMs: null, activatedMs: 0, reason: '', by: '' },
	...more,
});
const dangers = (past: Partial<RulePast>) =>
	ruleSteps(wind, crane, { ...nothing, ...past }, { fromMs: 100, toMs: 200 }).map(({ fromMs, toMs, held }) => [
		fromMs,
		toMs,
		held.rules.by.limits.find(({ level }) => level === 'danger')!.from.value,
	]);
const shipped = wind.by.limits.find(({ level }) => level === 'danger')!.from.value;

test('a rule that nobody touched holds all the time', () => {
	expect(dangers({})).toEqual([[100, 200, shipped]]);
});

test('a change is a step where it begins and where it was ended', () => {
	expect(dangers({ changes: [change({ fromMs: 120, untilMs: 150 })] })).toEqual([
		[100, 120, shipped],
		[120, 150, 11],
		[150, 200, shipped],
	]);
});

test('a change for another machine is no other limit here', () => {
	const other = change({ fromMs: 120, scope: { kind: 'machine', id: 'other' } });
	expect(dangers({ changes: [other] }).map(([, , value]) => value)).toEqual([shipped, shipped]);
});

test('a weather signal lowers the limit only while it holds', () => {
	const { signal, colour, limits } = signalLimits.find(
		({ ruleKey, limits }) => ruleKey === wind.by.key && 'from.danger' in limits,
	)!;
	expect(dangers({ spells: [{ signal, colour, fromMs: 50, untilMs: 140 }] })).toEqual([
		[100, 140, limits['from.danger']!.value],
		[140, 200, shipped],
	]);
});
