// The list of a public weather service as signal messages of this district, how many are about other places, and what was
// wrong with the rest.

import type { Expected } from '#lib/domain/flood/cap-area.ts';
import { isAboutDistrict, readPublicJson, type JsonMapping } from '#lib/domain/flood/public-json.ts';
import { Fault } from '../errors.ts';
import type { ReadMessages } from './read-cap.ts';

/** Whose warnings are ours: those of the district, and those of the whole city it belongs to. */
export interface Ours {
	districtName: string;
	/** Empty: not known; then only what names the district counts. */
	cityName: string;
}

/**
 * @param source - name under which its messages are kept; the same id from another source is another signal
 * @throws Fault `bad-input` when it is no JSON
 */
export function readList(
	text: string,
	source: string,
	mapping: JsonMapping,
	expected: Expected,
	ours: Ours,
): ReadMessages {
	const read: ReadMessages & { elsewhere: number } = { messages: [], refused: [], elsewhere: 0 };
	for (const result of readPublicJson(parseJson(text, source), source, mapping, expected)) {
		if (!result.ok) {
			const { index, field, detail } = result;
			read.refused.push({
				index,
				sentence: `第 ${index + 1} 条的 ${field} 缺失或有误 ${detail} · ${field} of entry ${index + 1} is missing or wrong.`,
			});
		} else if (isAboutDistrict(result.message, ours.districtName.replace(/区$/, ''), ours.cityName))
			read.messages.push(result.message);
		else read.elsewhere++;
	}
	return read;
}

/** @throws Fault `bad-input` when it is no JSON */
export function parseJson(text: string, subject: string): unknown {
	try {
		return JSON.parse(text.replace(/^\ufeff/, ''));
	} catch (cause) {
		throw new Fault('bad-input', subject, 'JSON 不完整或有误 · The JSON is wrong or cut off.', { cause });
	}
}

const DEMO = { district: '330109', city: '杭州市' };

/** A setting left empty is an answer: no city. Only the demonstration district has one without being told. */
export function oursOf(config: { DISTRICT: string; DISTRICT_NAME: string; CITY_NAME?: string | undefined }): Ours {
	const shipped = config.DISTRICT === DEMO.district ? DEMO.city : '';
	return { districtName: config.DISTRICT_NAME, cityName: config.CITY_NAME ?? shipped };
}
