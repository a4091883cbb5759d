// What stands in the fields of a survey, and what it means: an empty field is not nought but unknown.

import type { SiteSurvey } from '#lib/contract/flood-entry.ts';

type Amount = Exclude<keyof SiteSurvey, 'hasUnderground' | 'riverStationId' | 'source'>;

/** Units are in the words beside the fields: metres, counts, cubic metres an hour. Limits as the contract has them. */
export const SURVEY_AMOUNTS: readonly { key: Amount; min: number; max: number; step: number | 'any' }[] = [
	{ key: 'groundM', min: -200, max: 9000, step: 'any' },
	{ key: 'lowGroundM', min: 0, max: 50, step: 'any' },
	{ key: 'waterloggedTimes', min: 0, max: 100, step: 1 },
	{ key: 'waterM', min: 0, max: 50_000, step: 'any' },
	{ key: 'spoilHeightM', min: 0, max: 100, step: 'any' },
	{ key: 'tempStructures', min: 0, max: 5000, step: 1 },
	{ key: 'gondolas', min: 0, max: 1000, step: 1 },
	{ key: 'people', min: 0, max: 20_000, step: 1 },
	{ key: 'pumpM3h', min: 0, max: 100_000, step: 'any' },
];

export type SurveyText = Record<Amount, number | null | undefined> & {
	hasUnderground: '' | 'yes' | 'no';
	riverStationId: string;
	source: string;
};

/** @param survey - null: nobody was there yet */
export function surveyText(survey: SiteSurvey | null): SurveyText {
	const amounts = Object.fromEntries(SURVEY_AMOUNTS.map(({ key }) => [key, survey?.[key] ?? null]));
	const has = survey?.hasUnderground ?? null;
	return {
		...(amounts as Record<Amount, number | null>),
		hasUnderground: has === null ? '' : has ? 'yes' : 'no',
		riverStationId: survey?.riverStationId ?? '',
		source: survey?.source ?? '',
	};
}

export function surveyOf(text: SurveyText): SiteSurvey {
	const known = (value: number | null | undefined) =>
		typeof value === 'number' && Number.isFinite(value) ? value : null;
	const amounts = Object.fromEntries(SURVEY_AMOUNTS.map(({ key }) => [key, known(text[key])]));
	return {
		...(amounts as Record<Amount, number | null>),
		hasUnderground: text.hasUnderground === '' ? null : text.hasUnderground === 'yes',
		riverStationId: text.riverStationId || null,
		source: text.source.trim(),
	};
}
