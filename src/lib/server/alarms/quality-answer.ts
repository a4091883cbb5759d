// The quality of the alarm system over some days, with names for its sources and the numbers it is measured against.

import { qualityRules } from '#db/rules/alarm-quality.ts';
import { sourceWords } from '#db/rules/source-words.ts';
import type { QualityAnswer, ShownRule } from '#lib/contract/alarm-desk.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { judgeQuality } from '#lib/domain/alarm/quality.ts';
import type { Rule } from '#lib/domain/rule.ts';
import type { Db } from '../db/connection.ts';
import type { LivePart } from '../live/live-part.ts';
import { alarmsInScope } from '../repositories/alarm.ts';
import { shiftsBetween } from '../repositories/duty.ts';
import { raisesBetween, recordedSince } from '../repositories/quality.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export async function qualityAnswer(
	db: Db,
	live: LivePart,
	scope: Scope,
	days: number,
	now: Date,
): Promise<QualityAnswer> {
	const asked = new Date(now.getTime() - days * DAY_MS);
	// Days before there was any record are not days without alarms.
	const since = await recordedSince(db);
	const from = since && since > asked ? since : asked;
	const raises = await raisesBetween(db, scope, from, now);
	const onDuty = (await shiftsBetween(db, now, new Date(now.getTime() + 1))).filter(
		({ role }) => role === 'dutyOfficer',
	);
	const officers = Math.max(1, new Set(onDuty.map(({ personId }) => personId)).size);
	const report = judgeQuality(raises, from.getTime(), now.getTime(), officers, qualityRules);
	const named = new Set([...report.top, ...report.chattering.slice(0, 10)].map(({ source }) => source));
	const sources: QualityAnswer['sources'] = {};
	for (const { source, deviceId, objectNo, condition } of raises) {
		if (!named.has(source) || sources[source]) continue;
		const { subjectName, siteName } = live.describe(deviceId, objectNo);
		sources[source] = { name: subjectName, site: siteName, condition };
	}
	const staleMs = now.getTime() - qualityRules.staleAfter.value * HOUR_MS;
	const open = await alarmsInScope(db, scope, { state: 'open', limit: 10_000, after: 0 });
	const stale = open.filter(({ raisedAt }) => raisedAt.getTime() < staleMs);
	const { perDay, perTenMin, mix, ...rest } = qualityRules;
	return {
		recordedSince: since?.toISOString() ?? null,
		...{ from: from.toISOString(), to: now.toISOString(), officers, report, sources },
		stale: stale.map(({ id, deviceId, objectNo, condition, raisedAt }) => ({
			...{ id, name: live.describe(deviceId, objectNo).subjectName, condition, raisedAt: raisedAt.toISOString() },
		})),
		rules: {
			...shownRules(rest),
			...shownRules({ perDayTarget: perDay.target, perDayLimit: perDay.limit }),
			...shownRules({ perTenMinTarget: perTenMin.target, perTenMinLimit: perTenMin.limit }),
			...shownRules({ mixNotice: mix.notice, mixWarning: mix.warning, mixDanger: mix.danger }),
		},
	};
}

function shownRules(rules: Readonly<Record<string, Rule>>): Record<string, ShownRule> {
	return Object.fromEntries(
		Object.entries(rules).map(([name, rule]) => [name, { ...rule, source: sourceWords(rule.source) }]),
	);
}
