// The words of the days of coverage: what they are of, and spans as people write them.

import type { CoverageDateCard } from '#lib/contract/coverage-rule.ts';
import { heldOf, type Days, type Held } from '#lib/domain/coverage/dates.ts';
import { m } from '../words/generated/messages.js';

export type Subject = CoverageDateCard['subject'];

export function subjectWord(subject: Subject): string {
	switch (subject.kind) {
		case 'floodSeason':
			return m.coverDate_floodSeason();
		case 'rounds':
			return m.coverDate_year({ year: String(subject.year) });
		case 'period':
			return subject.name;
	}
}

/** `第一轮 03-01 – 06-20`, `第二轮 …`; a span alone for a season or a key period. */
export function spanWords(subject: Subject, { days, isOn }: Held): string[] {
	const isProposed = subject.kind === 'period' && subject.isProposed;
	if (!isOn && !isProposed) return [m.coverDate_calledOff()];
	const between = (from: keyof Days, to: keyof Days) => `${short(subject, days[from])} – ${short(subject, days[to])}`;
	if (!isOn) return [m.ui_aside({ text: between('from', 'to'), more: m.coverDate_notOn() })];
	if (subject.kind !== 'rounds') return [between('from', 'to')];
	return [
		m.coverDate_first({ span: between('first.from', 'first.to') }),
		m.coverDate_second({ span: between('second.from', 'second.to') }),
		...(looksBackAllAlong(days) ? [] : [m.coverDate_lookBackSpan({ span: between('lookBack.from', 'lookBack.to') })]),
	];
}

export const daysWord = (subject: Subject, held: Held) => spanWords(subject, held).join(m.ui_listComma());

export const changeWord = (subject: Subject, values: Parameters<typeof heldOf>[0]) =>
	m.coverRule_to({ from: subjectWord(subject), to: daysWord(subject, heldOf(values)) });

/** Of a year's rounds the year is said beside them. */
const short = (subject: Subject, day = '') => (subject.kind === 'rounds' ? day.slice(5) : day);

const looksBackAllAlong = (days: Days) =>
	days['lookBack.from'] === days['second.from'] && days['lookBack.to'] === days['second.to'];
