// The minutes of a patrol day as a draft: who, where, when, what was found. A person reads and signs it.

import type { FieldDay, FieldStop } from '#lib/contract/field.ts';
import { minutesOfDay } from '#lib/domain/day.ts';
import { clockOf } from '../patrol/plan-words.ts';
import { m } from '../words/generated/messages.js';

export function draftMinutes(day: FieldDay): string {
	const done = day.stops.filter(({ state }) => state === 'done');
	const findings = done.reduce((sum, stop) => sum + stop.findings, 0);
	const head = m.minutes_head({
		day: day.on,
		names: day.officers.map(({ name }) => name).join('、'),
		done: done.length,
		of: day.count,
		findings,
	});
	const lines = day.stops.map((stop, index) => {
		const at = stop.arrivedAt ? clockOf(minutesOfDay(new Date(stop.arrivedAt))) : clockOf(stop.startMin);
		const what =
			stop.state === 'done'
				? stop.findings > 0
					? m.minutes_found({ n: stop.findings })
					: m.minutes_nothing()
				: stop.skipReason
					? m.field_skipped({ why: stop.skipReason })
					: m.minutes_notMade();
		return `${index + 1}. ${at} ${stop.site.name}：${what}`;
	});
	return [head, ...lines].join('\n');
}

/** From when to when somebody was there; in words where nobody was, or nobody has left yet. */
export function actualTimes({ arrivedAt, leftAt }: Pick<FieldStop, 'arrivedAt' | 'leftAt'>): string {
	const clock = (at: string) => clockOf(minutesOfDay(new Date(at)));
	if (!arrivedAt) return m.minutes_notMade();
	return `${clock(arrivedAt)}–${leftAt ? clock(leftAt) : ''}`;
}
