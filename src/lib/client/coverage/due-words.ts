// Words for the terms of a due day.

import type { DueTerm, TermKey } from '#lib/domain/coverage/due.ts';
import { riskGradeWord } from '../words/labels.ts';
import { m } from '../words/generated/messages.js';

const GRADED_BY = {
	registered: m.coverage_gradeRegistered,
	pit: m.coverage_gradePit,
	fatal: m.coverage_gradeFatal,
	ungraded: m.coverage_gradeUnknown,
};

/** The term by its short name, with what it is about. */
export function termWord({ key, note }: Pick<DueTerm, 'key' | 'note'>): string {
	if (key === 'grade') {
		const [grade, by] = note.split('/') as ['high' | 'medium' | 'low', keyof typeof GRADED_BY];
		return `${riskGradeWord(grade)} · ${GRADED_BY[by]()}`;
	}
	const name = termName(key);
	return note ? `${name} · ${note}` : name;
}

export const termName = (key: TermKey) => m[`dueTerm_${key}`]();
