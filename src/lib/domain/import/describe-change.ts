// A change of a draft in the words of people: what its field is called, and what a value of it means.

import type { ImportKind } from './field.ts';
import { fieldsOf } from './fields.ts';
import type { Sentence } from './sentence.ts';

/** What a row is given besides its columns. */
const FOUND: Readonly<Record<string, Sentence>> = {
	location: { zh: '位置', en: 'Position' },
	boundary: { zh: '边界', en: 'Boundary' },
	townCode: { zh: '镇街', en: 'Town' },
	gridId: { zh: '所属网格', en: 'Grid' },
	siteId: { zh: '所属工地', en: 'Site' },
	pitId: { zh: '所属基坑', en: 'Pit' },
};

export function nameOfField(kind: ImportKind, key: string): Sentence {
	return FOUND[key] ?? fieldsOf(kind).find((field) => field.key === key)?.name ?? { zh: key, en: key };
}

/** The trade's first word for a choice; anything else as it stands. */
export function tellValue(kind: ImportKind, key: string, value: string): Sentence {
	const of = fieldsOf(kind).find((field) => field.key === key)?.of;
	const first = of?.type === 'choice' ? of.choices[value]?.[0] : undefined;
	return { zh: first ?? value, en: value };
}
