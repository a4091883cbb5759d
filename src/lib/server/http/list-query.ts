// Reads the questions of a list from an address: ?bbox=w,s,e,n&q=&town=&state=&limit=&after=&format=

import * as v from 'valibot';
import { Fault } from '../errors.ts';
import type { ListFilter } from '../db/list-filter.ts';

const Whole = v.pipe(
	v.string(),
	v.regex(/^\d{1,9}$/, 'must be a whole number of nine digits at most'),
	v.transform(Number),
);

const ListQuery = v.object({
	bbox: v.optional(
		v.pipe(
			v.string(),
			v.transform((text) => text.split(',').map(Number)),
			v.check((box) => box.length === 4 && box.every(Number.isFinite), 'must be west,south,east,north in degrees'),
			v.check(([w, s, e, n]) => w! < e! && s! < n!, 'must have west < east and south < north'),
			v.transform(([w, s, e, n]) => [w!, s!, e!, n!] as [number, number, number, number]),
		),
	),
	q: v.optional(v.pipe(v.string(), v.maxLength(100, 'must have 100 characters at most'))),
	town: v.optional(v.pipe(v.string(), v.regex(/^\d{9}$/, 'must be a nine-digit town code'))),
	state: v.optional(v.pipe(v.string(), v.maxLength(40))),
	limit: v.optional(
		v.pipe(Whole, v.minValue(1, 'must be 1 to 10000'), v.maxValue(10_000, 'must be 1 to 10000')),
		'1000',
	),
	after: v.optional(Whole, '0'),
	format: v.optional(
		v.picklist(['geojson', 'json'], 'must be geojson or json; for CSV and XLSX: npm run sitewatch -- export'),
	),
});

/**
 * @param states - what `state` may be of these objects
 * @throws Fault bad-input that names every wrong parameter
 */
export function listQuery(url: URL, states: readonly string[]): ListFilter {
	const given = Object.fromEntries(
		Object.keys(ListQuery.entries).flatMap((key) =>
			url.searchParams.has(key) ? [[key, url.searchParams.get(key)]] : [],
		),
	);
	const result = v.safeParse(ListQuery, given, { abortPipeEarly: true });
	const state = url.searchParams.get('state');
	if (state !== null && !states.includes(state)) {
		throw new Fault(
			'bad-input',
			'state',
			`“state” 应为以下之一：${states.join('、')} · “state” must be one of ${states.join(', ')}.`,
			{ details: [{ parameter: 'state', message: `must be one of ${states.join(', ')}` }] },
		);
	}
	if (result.success) {
		const { bbox, format: _, ...rest } = result.output;
		return { ...rest, bounds: bbox };
	}
	const details = result.issues.map((issue) => ({ parameter: v.getDotPath(issue), message: issue.message }));
	throw new Fault(
		'bad-input',
		'query',
		`参数有误 · ${details.map(({ parameter, message }) => `“${parameter}” ${message}`).join('; ')}`,
		{
			details,
		},
	);
}
