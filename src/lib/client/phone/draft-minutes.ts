// The minutes of a patrol day as a draft: who, where, when, what was found. A person reads and signs it.

import type { FieldDay, FieldStop } from '#lib/contract/field.ts';
import { minutesOfDay } from '#lib/domain/day.ts';
import { hazardCategoryWord } from '../words/labels.ts';
import { clockOf } from '../patrol/plan-words.ts';
import { m } from '../words/generated/messages.js';

export function draftMinutes(day: FieldDay): string {
	const done = day.stops.filter(({ state }) => state === 'done');
	const findings = done.reduce((sum, stop) => sum + stop.findings, 0);
	const head = m.minutes_head({
		day: day.on,
		names: day.officers.map(({ name }) => name).join(m.ui_listComma()),
		done: done.length,
		of: day.count,
		findings,
	});
	const lines = day.stops.map((stop, index) => {
		const at = stop.arrivedAt ? clockOf(minutesOfDay(new Date(stop.arrivedAt))) : clockOf(stop.startMin);
		const what =
			stop.state === 'done'
				? outcome(stop)
				: stop.skipReason
					? m.field_skipped({ why: stop.skipReason })
					: m.minutes_notMade();
		return [`${index + 1}. ${at} ${m.ui_labelled({ label: stop.site.name, text: what })}`, ...findingLines(stop)].join(
			'\n',
		);
	});
	const spared = (day.givenUp ?? []).map(({ name }) => m.minutes_givenUp({ name }));
	return [head, ...lines, ...spared].join('\n');
}

/** What the visit came to: never that nothing was wrong where a line of the checklist was, or work was stopped. */
function outcome({ findings: n, result }: FieldStop): string {
	if (result === 'stopWork') return n > 0 ? m.minutes_foundStopped({ n }) : m.minutes_stopped();
	if (n > 0) return m.minutes_found({ n });
	return result === 'rectify' ? m.minutes_rectify() : m.minutes_nothing();
}

/** What was found at this stop, as far as it is still open. */
const findingLines = ({ id, hazards }: FieldStop) =>
	hazards
		.filter(({ foundAtStop }) => foundAtStop === id)
		.map(({ category, description, isMajor, dueOn }) => {
			const said = m.ui_labelled({ label: hazardCategoryWord(category), text: description });
			const what = isMajor ? `${m.field_major()} ${said}` : said;
			return `   - ${dueOn ? m.ui_aside({ text: what, more: m.coverage_by({ day: dueOn }) }) : what}`;
		});

/** From when to when somebody was there; in words where nobody was, or nobody has left yet. */
export function actualTimes({ arrivedAt, leftAt }: Pick<FieldStop, 'arrivedAt' | 'leftAt'>): string {
	const clock = (at: string) => clockOf(minutesOfDay(new Date(at)));
	if (!arrivedAt) return m.minutes_notMade();
	return `${clock(arrivedAt)}–${leftAt ? clock(leftAt) : ''}`;
}
