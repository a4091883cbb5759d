// Signals of public weather services that speak JSON: a mapping says which field holds what. The shapes differ, the
// questions are always the same.

import { signalColourOf, signalKindOf } from './signal-kind.ts';
import type { SignalMessage, SignalProblem } from './signal.ts';
import type { Expected } from './cap-area.ts';

/** Field names of one service, as paths with dots. `list` is where the array of signals lies; empty: the answer itself. */
export interface JsonMapping {
	list: string;
	id: string;
	issuedAt: string;
	kind: string;
	colour: string;
	/** A field that is set when the signal was lifted, or words in the text that say so. */
	liftedAt: string;
	expiresAt: string;
	text: string;
	headline: string;
	/** Joined with nothing between: province, city, station. */
	areas: readonly string[];
	issuer: string;
	/** Offset of times that carry none. */
	zone: string;
}

/** The form weather.com.cn gives its alarm information in. */
export const CMA_ALARM_INFO: JsonMapping = {
	list: '',
	id: 'ALERTID',
	issuedAt: 'ISSUETIME',
	kind: 'SIGNALTYPE',
	colour: 'SIGNALLEVEL',
	liftedAt: '',
	expiresAt: 'RELIEVETIME',
	text: 'ISSUECONTENT',
	headline: '',
	areas: ['PROVINCE', 'CITY', 'STATIONNAME'],
	issuer: 'STATIONNAME',
	zone: '+08:00',
};

export type JsonResult =
	{ ok: true; message: SignalMessage } | { ok: false; index: number; field: string; detail: string };

/** Reads every entry by itself; one that is wrong does not take the others with it. */
export function readPublicJson(root: unknown, source: string, mapping: JsonMapping, expected: Expected): JsonResult[] {
	const list = mapping.list === '' ? root : at(root, mapping.list);
	const entries = Array.isArray(list) ? list : [list];
	return entries.map((entry, index) => readEntry(entry, index, source, mapping, expected));
}

function readEntry(
	entry: unknown,
	index: number,
	source: string,
	mapping: JsonMapping,
	expected: Expected,
): JsonResult {
	const text = (path: string) => (path === '' ? '' : String(at(entry, path) ?? '').trim());
	const externalId = text(mapping.id);
	if (externalId === '') return { ok: false, index, field: mapping.id, detail: '' };
	const issued = text(mapping.issuedAt);
	const sentAt = zoned(issued, mapping.zone);
	if (!sentAt) return { ok: false, index, field: mapping.issuedAt, detail: issued };
	const event = text(mapping.kind);
	if (event === '') return { ok: false, index, field: mapping.kind, detail: '' };

	const body = text(mapping.text);
	const headline = text(mapping.headline) || (/^[^。：:]{4,60}/.exec(body)?.[0] ?? event);
	const problems: SignalProblem[] = [];
	const colour = signalColourOf(text(mapping.colour)) ?? signalColourOf(headline) ?? null;
	if (!colour) problems.push({ code: 'no-colour', detail: text(mapping.colour) });
	const place = [...new Set(mapping.areas.map(text).filter(Boolean))].join('');
	const named = [...expected.towns].filter(([name]) => body.includes(name)).map(([, code]) => code);
	const expiry = text(mapping.expiresAt);
	return {
		ok: true,
		message: {
			source,
			externalId,
			revision: sentAt.getTime(),
			act: text(mapping.liftedAt) !== '' || /解除/.test(headline) ? 'lift' : 'issue',
			refs: [],
			issuer: text(mapping.issuer) || place || source,
			kind: signalKindOf(event),
			colour,
			event,
			headline,
			body,
			instruction: '',
			sentAt,
			expiresAt: expiry === '' ? null : (zoned(expiry, mapping.zone) ?? null),
			isExercise: false,
			// A district's own service names towns in its text; without any the whole district is meant.
			area: { text: place, polygons: null, codes: named.length > 0 ? named : [expected.district], isWhole: false },
			problems,
		},
	};
}

/**
 * Whether a signal of a public list is about this district at all: lists cover provinces.
 *
 * @param city - a warning of the whole city holds for its districts; empty: not known
 */
export function isAboutDistrict(message: SignalMessage, districtName: string, city: string): boolean {
	const place = message.area.text;
	return isOfCity(place, city) || place.includes(districtName) || message.body.includes(districtName);
}

/** `浙江省杭州市`, `浙江省杭州`, with the name of its observatory behind; not `杭州市余杭区`, which is one district of it. */
function isOfCity(place: string, city: string): boolean {
	const stem = city.trim().replace(/市$/, '');
	if (stem === '') return false;
	const behind = place.slice(place.lastIndexOf(stem) + stem.length);
	return place.includes(stem) && /^(市?(气象台|气象局)?)$/.test(behind);
}

function at(root: unknown, path: string): unknown {
	let value = root;
	for (const key of path.split('.')) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
		value = (value as Record<string, unknown>)[key];
	}
	return value;
}

function zoned(text: string, zone: string): Date | undefined {
	const [, day, clock, given] =
		/^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?$/.exec(text.replaceAll('/', '-')) ?? [];
	if (!day || !clock) return undefined;
	const moment = new Date(`${day}T${clock}${given ?? zone}`);
	return Number.isNaN(moment.getTime()) ? undefined : moment;
}
