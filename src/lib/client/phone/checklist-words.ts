// A line of the checklist in the language of the reader.

import type { ChecklistLine } from '#lib/domain/field/checklist.ts';

/** The line, and under its English the Chinese that holds; a line without English stands in Chinese alone. */
export function linesOf({ text, english }: Pick<ChecklistLine, 'text' | 'english'>, locale: string): [string, string?] {
	return locale === 'en' && english ? [english, text] : [text];
}
