// What a register's field is: its names in the files of many bureaus, its type, and what a value has to look like.

import type { MultiPolygon, Point } from 'geojson';
import type { Sentence } from './sentence.ts';
import type { Unit } from './unit.ts';

export const IMPORT_KINDS = [
	'sites',
	'machines',
	'pits',
	'points',
	'formworks',
	'scaffolds',
	'towns',
	'grids',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** A cell as the readers hand it over: dates of a workbook are already `YYYY-MM-DD`. */
export type Cell = string | number | boolean | null;

/** A value of a field after parsing. Days are `YYYY-MM-DD`. */
export type Value = string | number | null | Point | MultiPolygon;

export type FieldType =
	| { type: 'text'; max: number }
	/** `month`: a year and month alone is taken as its first day, which makes a machine older rather than younger. */
	| { type: 'day'; month?: boolean }
	/** Bounds are inclusive; `above` is not. */
	| { type: 'number'; unit: Unit; min?: number; above?: number; max?: number }
	| { type: 'choice'; choices: Readonly<Record<string, readonly string[]>> }
	| { type: 'digits'; length: number }
	| { type: 'permit' }
	| { type: 'creditCode' }
	| { type: 'x' }
	| { type: 'y' }
	| { type: 'shape' };

export interface Field {
	key: string;
	name: Sentence;
	of: FieldType;
	/** The row cannot be taken without it. */
	required?: boolean;
	/** Other headers that mean this field, besides `key` and both names. */
	also: readonly string[];
}

export function text(key: string, zh: string, en: string, also: string[], max = 200): Field {
	return { key, name: { zh, en }, of: { type: 'text', max }, also };
}

export function day(key: string, zh: string, en: string, also: string[]): Field {
	return { key, name: { zh, en }, of: { type: 'day' }, also };
}

/** What a value of the field looks like, as said to the person whose value does not. */
export function expectationOf({ of }: Field): Sentence {
	switch (of.type) {
		case 'text':
			return { zh: `文字，最多 ${of.max} 个字符`, en: `text of at most ${of.max} characters` };
		case 'day':
			return {
				zh: '日期，如 2025-03-01、2025年3月1日，或 Excel 日期',
				en: 'a day such as 2025-03-01 or 2025年3月1日, or an Excel date',
			};
		case 'number':
			return boundsOf(of);
		case 'choice': {
			const options = Object.entries(of.choices).map(([value, [first]]) => first ?? value);
			return { zh: `以下之一：${options.join('、')}`, en: `one of ${Object.keys(of.choices).join(', ')}` };
		}
		case 'digits':
			return { zh: `${of.length} 位数字`, en: `${of.length} digits` };
		case 'permit':
			return { zh: '施工许可证编号，最多 60 个字符', en: 'a permit number of at most 60 characters' };
		case 'creditCode':
			return {
				zh: '18 位统一社会信用代码，校验位须正确',
				en: 'an 18-character unified social credit code with a correct check character',
			};
		case 'x':
			return { zh: '经度（度）或东坐标（米）', en: 'a longitude in degrees or an easting in metres' };
		case 'y':
			return { zh: '纬度（度）或北坐标（米）', en: 'a latitude in degrees or a northing in metres' };
		case 'shape':
			return { zh: 'WKT 面，如 POLYGON ((…))', en: 'a polygon as WKT: POLYGON ((…))' };
	}
}

function boundsOf({ unit, min, above, max }: Extract<FieldType, { type: 'number' }>): Sentence {
	const [zhParts, enParts]: [string[], string[]] = [[], []];
	if (above !== undefined) {
		zhParts.push(`大于 ${above}`);
		enParts.push(`above ${above}`);
	}
	if (min !== undefined) {
		zhParts.push(`不小于 ${min}`);
		enParts.push(`at least ${min}`);
	}
	if (max !== undefined) {
		zhParts.push(`不大于 ${max}`);
		enParts.push(`at most ${max}`);
	}
	const inUnit = unit === '' ? '' : unit;
	return {
		zh: `数字${inUnit && `（${inUnit}）`}${zhParts.length ? `，${zhParts.join('，')}` : ''}`,
		en: `a number${inUnit && ` in ${inUnit}`}${enParts.length ? `, ${enParts.join(' and ')}` : ''}`,
	};
}
