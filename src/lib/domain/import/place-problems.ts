// What has to be said about the places of a file: the datum it is in, its unit and axes, and the district it lies in.

import { agree, isProjected, nameOf } from './datum.ts';
import type { DatumVerdict } from './datum-verdict.ts';
import type { Findings, Problem } from './problems.ts';
import type { Sentence } from './sentence.ts';

type Places = Pick<Findings, 'places' | 'outside' | 'hasDistrict' | 'verdict' | 'hint' | 'strangeDatum'>;

export function placeProblems(findings: Places): Problem[] {
	const { places, outside, hasDistrict, verdict } = findings;
	if (places === 0) return [];
	const problems = [...missingDatum(findings), ...strangeDatum(findings)];
	const wrongUnit = otherUnit(verdict);
	if (wrongUnit) return [...problems, wrongUnit];
	if (!hasDistrict) {
		problems.push({
			code: 'no-district',
			weight: 'notice',
			message: {
				zh: '没有辖区边界，无法核对坐标系和位置。',
				en: 'There is no outline of the district, so datum and positions cannot be tested.',
			},
		});
		return problems;
	}
	if (verdict.isSwapped) return [...problems, swappedAxes(verdict)];
	problems.push(...mistakenDatum(findings));
	if (outside > 0) {
		const all = outside === places;
		problems.push({
			code: 'outside-district',
			weight: 'confirm',
			rows: outside,
			message: {
				zh: all ? '所有行都在辖区之外。' : `${outside} 行在辖区之外（共 ${places} 行有位置）。`,
				en: all ? 'All rows lie outside the district.' : `${outside} of ${places} rows lie outside the district.`,
			},
		});
	}
	return problems;
}

function missingDatum({ verdict, hint }: Places): Problem[] {
	if (verdict.declared !== null) return [];
	return [
		{
			code: 'datum-missing',
			weight: 'blocks',
			message: {
				zh: `请指明坐标系：wgs84、cgcs2000、gcj02（高德、腾讯）、bd09（百度）或 EPSG 代码。${hintOf(hint, verdict).zh}`,
				en: `Name the datum: wgs84, cgcs2000, gcj02 (AMap, Tencent), bd09 (Baidu) or an EPSG code.${hintOf(hint, verdict).en}`,
			},
		},
	];
}

/** The file's own word, else the datum under which most rows lie inside. */
function hintOf(hint: Places['hint'], { looksLike }: DatumVerdict): Sentence {
	if (hint) {
		return {
			zh: `文件自带的坐标系（${hint.from}）是 ${nameOf(hint.datum)}。`,
			en: ` The file itself says ${nameOf(hint.datum)} (${hint.from}).`,
		};
	}
	if (looksLike === null) return { zh: '', en: '' };
	return {
		zh: `按 ${nameOf(looksLike)} 落在辖区内的行最多。`,
		en: ` Most rows lie inside the district as ${nameOf(looksLike)}.`,
	};
}

function strangeDatum({ strangeDatum: name }: Places): Problem[] {
	if (name === null) return [];
	return [
		{
			code: 'datum-strange',
			weight: 'confirm',
			message: {
				zh: `文件自带的坐标系（.prj）是“${name}”，本系统不能换算（北京 1954、西安 1980 和地方坐标系相差数十至上百米）。请先转换为 CGCS2000 或 WGS 84；只有确知 .prj 写错时才可继续。`,
				en: `The file itself says “${name}” (.prj), which cannot be converted here (Beijing 1954, Xi’an 1980 and local grids lie tens to hundreds of metres off). Convert it to CGCS2000 or WGS 84 first; go on only if you know that the .prj is wrong.`,
			},
		},
	];
}

function otherUnit({ declared, otherUnit: unit }: DatumVerdict): Problem | null {
	if (declared === null || unit === null) return null;
	return {
		code: 'wrong-unit',
		weight: 'blocks',
		message:
			unit === 'metres'
				? {
						zh: `坐标以米为单位，而声明的 ${nameOf(declared)} 以度为单位。请选投影坐标系，如 EPSG:4549（CGCS2000 三度带，120°E）。`,
						en: `The coordinates are metres and ${nameOf(declared)} is in degrees. Name a projected system, such as EPSG:4549 (CGCS2000, 3-degree zone of 120°E).`,
					}
				: {
						zh: `坐标以度为单位，而声明的 ${nameOf(declared)} 以米为单位。请选 wgs84、cgcs2000、gcj02 或 bd09。`,
						en: `The coordinates are degrees and ${nameOf(declared)} is in metres. Name wgs84, cgcs2000, gcj02 or bd09.`,
					},
	};
}

function swappedAxes({ declared }: DatumVerdict): Problem {
	const isMetric = declared !== null && isProjected(declared);
	return {
		code: 'axes-swapped',
		weight: 'blocks',
		message: isMetric
			? {
					zh: '两个坐标列对调后才落在辖区内。测量成果中 X 为北坐标、Y 为东坐标，请对调两列。',
					en: 'Rows lie in the district only with the two columns exchanged. In survey tables X is the northing and Y the easting: exchange them.',
				}
			: {
					zh: '经度和纬度写反了：对调后才落在辖区内，请对调两列。',
					en: 'Longitude and latitude are exchanged: rows lie in the district only the other way round. Exchange the two columns.',
				},
	};
}

function mistakenDatum({ verdict, hint }: Places): Problem[] {
	const { declared, looksLike } = verdict;
	if (declared === null) return [];
	if (looksLike !== null) {
		return [
			{
				code: 'datum-mistake',
				weight: 'confirm',
				message: {
					zh: `坐标系可能有误：声明为 ${nameOf(declared)}，但按 ${nameOf(looksLike)} 解释时各行才落在应在的位置（${counts(verdict)}）。`,
					en: `This looks like a datum mistake: ${nameOf(looksLike)} declared as ${nameOf(declared)}. Rows lie where they should only as ${nameOf(looksLike)} (inside the district: ${counts(verdict)}).`,
				},
			},
		];
	}
	if (hint === null || agree(declared, hint.datum)) return [];
	return [
		{
			code: 'datum-mistake',
			weight: 'confirm',
			message: {
				zh: `坐标系可能有误：声明为 ${nameOf(declared)}，而文件自带的坐标系（${hint.from}）是 ${nameOf(hint.datum)}。`,
				en: `This looks like a datum mistake: ${nameOf(declared)} was declared, and the file itself says ${nameOf(hint.datum)} (${hint.from}).`,
			},
		},
	];
}

function counts({ inside, checked }: DatumVerdict): string {
	return inside.map(({ datum, rows }) => `${nameOf(datum)} ${rows}/${checked}`).join(', ');
}
