import { expect, test } from 'vitest';
import * as v from 'valibot';
import { SiteSurvey } from '#lib/contract/flood-entry.ts';
import { SURVEY_AMOUNTS, surveyOf, surveyText } from './survey-values.ts';

const full: SiteSurvey = {
	...{ groundM: 6.2, lowGroundM: 0.4, waterloggedTimes: 2, waterM: 80, spoilHeightM: 3, hasUnderground: false },
	...{ tempStructures: 12, gondolas: 0, people: 220, pumpM3h: 300, riverStationId: null, source: '汛前踏勘' },
};

test('what was found out comes back as it was, nought as nought', () => {
	expect(surveyOf(surveyText(full))).toEqual(full);
});

test('an empty form says that nothing is known, not that there is nothing', () => {
	const empty = surveyOf({ ...surveyText(null), source: '踏勘' });
	for (const { key } of SURVEY_AMOUNTS) expect(empty[key]).toBeNull();
	expect(empty.hasUnderground).toBeNull();
	expect(v.safeParse(SiteSurvey, empty).success).toBe(true);
});

test('a field that was emptied again is unknown again', () => {
	expect(surveyOf({ ...surveyText(full), waterM: undefined, hasUnderground: '' })).toMatchObject({
		...{ waterM: null, hasUnderground: null, people: 220 },
	});
});

test('the fields take just what the contract takes', () => {
	for (const { key, min, max } of SURVEY_AMOUNTS) {
		const parse = (value: number) => v.safeParse(SiteSurvey, { ...full, [key]: value }).success;
		expect([parse(min), parse(max), parse(min - 1), parse(max + 1)]).toEqual([true, true, false, false]);
	}
});
