// What the server says of a rule's numbers and what the page of rules says of them is one language.

import { afterAll, expect, test } from 'vitest';
import { ruleCatalogue } from '#db/rules/alarm.ts';
import { parameterWord } from '#lib/client/rules/rule-words.ts';
import { overwriteGetLocale } from '#lib/client/words/generated/runtime.js';
import { parametersOf } from '#lib/domain/alarm/parameter.ts';
import { parameterNames } from '#lib/server/rules/fault-sentence.ts';

afterAll(() => overwriteGetLocale(() => 'zh-CN'));

const PARAMETERS = [...new Set(ruleCatalogue.flatMap(parametersOf).map(({ parameter }) => parameter))];

test.each(['zh-CN', 'en'] as const)('the server names every parameter of a rule as the page does, in %s', (locale) => {
	overwriteGetLocale(() => locale);
	const said = PARAMETERS.map((parameter) => parameterNames(parameter)[locale === 'en' ? 'en' : 'zh']);
	expect(said).toEqual(PARAMETERS.map(parameterWord));
});
