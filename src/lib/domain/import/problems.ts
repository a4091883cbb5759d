// What has to be said about a file as a whole, and how much weight it has: it blocks, it must be confirmed, or it is good to know.

import { isProjected } from './datum.ts';
import type { DatumVerdict } from './datum-verdict.ts';
import type { Diff } from './diff.ts';
import type { ImportKind } from './field.ts';
import { fieldsOf, isOnSite } from './fields.ts';
import type { Sentence } from './sentence.ts';

export type ProblemCode =
	| 'datum-missing'
	| 'datum-mistake'
	| 'axes-swapped'
	| 'outside-district'
	| 'no-district'
	| 'no-position'
	| 'missing-column'
	| 'bad-rows'
	| 'closes-many'
	| 'formulas'
	| 'position-from-site'
	| 'name-from-other-column'
	| 'demo-data'
	| 'cannot-close'
	| 'restricted-area'
	| 'no-rows';

export interface Problem {
	code: ProblemCode;
	weight: 'blocks' | 'confirm' | 'notice';
	message: Sentence;
	rows?: number;
}

export interface Findings {
	kind: ImportKind;
	whole: boolean;
	rows: number;
	bad: number;
	/** Rows that have a position or a shape. */
	places: number;
	outside: number;
	hasDistrict: boolean;
	verdict: DatumVerdict;
	diff: Pick<Diff, 'closed' | 'open'>;
	/** Keys of the fields that a column is mapped to. */
	columns: readonly string[];
	hasGeometry: boolean;
	formulaCells: number;
	fromSite: number;
	nameFilled: number;
	demoTouched: number;
	/** Topographic data of an area so large that it is a state secret. */
	isRestricted: boolean;
}

/** Share of the open objects a file may close without a person saying so. */
const MANY_CLOSED = 0.1;

const DATUM_NAME: Record<string, string> = { wgs84: 'WGS 84', cgcs2000: 'CGCS2000', gcj02: 'GCJ-02', bd09: 'BD-09' };

export function problemsIn(findings: Findings): Problem[] {
	if (findings.rows === 0) {
		return [
			{
				code: 'no-rows',
				weight: 'blocks',
				message: { zh: '文件只有表头，没有数据行。', en: 'The file has a header and no rows.' },
			},
		];
	}
	if (findings.isRestricted) {
		return [
			{
				code: 'restricted-area',
				weight: 'blocks',
				message: {
					zh: '文件像是大范围地形图数据（连续覆盖超过 25 平方千米属国家秘密），不得导入本系统。',
					en: 'This looks like topographic data of a large area (above 25 km² contiguous it is a state secret). It must not be brought into this system.',
				},
			},
		];
	}
	const columns = columnProblems(findings);
	// Every row is bad when a column is missing; saying so again for each would bury the reason.
	const bad = columns.length > 0 && findings.bad === findings.rows ? 0 : findings.bad;
	return [...columns, ...placeProblems(findings), ...rowProblems({ ...findings, bad })];
}

function columnProblems({ kind, columns, hasGeometry }: Findings): Problem[] {
	const has = (key: string) => columns.includes(key);
	const problems: Problem[] = [];
	const hasPosition = hasGeometry || (has('longitude') && has('latitude')) || has('boundary');
	if (!hasPosition && kind !== 'machines') {
		problems.push({
			code: 'no-position',
			weight: 'blocks',
			message: {
				zh: '文件没有位置：需要经度和纬度两列，或 WKT 边界列，或带几何的图层。仅有门牌地址无法上图，请先补充坐标。',
				en: 'The file has no positions. It needs a longitude and a latitude column, a column with WKT, or a layer with geometry; street addresses alone cannot be put on the map, so add coordinates first.',
			},
		});
	}
	const missing = fieldsOf(kind).filter(
		({ key, required }) => required && !has(key) && !isFromGeometry(key, hasGeometry),
	);
	const needsSite = isOnSite(kind) && !has('sitePermitNo') && !has('siteName');
	const zh = [...missing.map(({ name }) => name.zh), ...(needsSite ? ['施工许可证编号或工程名称'] : [])];
	const en = [...missing.map(({ name }) => name.en), ...(needsSite ? ['the permit number or name of the site'] : [])];
	if (zh.length > 0) {
		problems.push({
			code: 'missing-column',
			weight: 'blocks',
			message: {
				zh: `缺少必需的列：${zh.join('、')}。请指定对应的列。`,
				en: `Columns are missing: ${en.join(', ')}. Say which column of the file holds them.`,
			},
		});
	}
	return problems;
}

function isFromGeometry(key: string, hasGeometry: boolean): boolean {
	return hasGeometry && ['longitude', 'latitude', 'boundary'].includes(key);
}

function placeProblems({ places, outside, hasDistrict, verdict }: Findings): Problem[] {
	if (places === 0) return [];
	const problems: Problem[] = [];
	if (verdict.declared === null) {
		const hint =
			verdict.looksLike === null
				? { zh: '', en: '' }
				: {
						zh: `按 ${nameOf(verdict.looksLike)} 落在辖区内的行最多。`,
						en: ` Most rows lie inside the district as ${nameOf(verdict.looksLike)}.`,
					};
		problems.push({
			code: 'datum-missing',
			weight: 'blocks',
			message: {
				zh: `请指明坐标系：wgs84、cgcs2000、gcj02（高德、腾讯）、bd09（百度）或 EPSG 代码。${hint.zh}`,
				en: `Name the datum: wgs84, cgcs2000, gcj02 (AMap, Tencent), bd09 (Baidu) or an EPSG code.${hint.en}`,
			},
		});
	}
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
	if (verdict.isSwapped) {
		const isMetric = verdict.declared !== null && isProjected(verdict.declared);
		problems.push({
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
		});
		return problems;
	}
	if (verdict.declared !== null && verdict.looksLike !== null) {
		problems.push({
			code: 'datum-mistake',
			weight: 'confirm',
			message: {
				zh: `坐标系可能有误：声明为 ${nameOf(verdict.declared)}，但按 ${nameOf(verdict.looksLike)} 解释时各行才落在应在的位置（${counts(verdict)}）。`,
				en: `This looks like a datum mistake: ${nameOf(verdict.looksLike)} declared as ${nameOf(verdict.declared)}. Rows lie where they should only as ${nameOf(verdict.looksLike)} (inside the district: ${counts(verdict)}).`,
			},
		});
	}
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

function rowProblems({
	kind,
	whole,
	bad,
	rows,
	diff,
	formulaCells,
	fromSite,
	nameFilled,
	demoTouched,
}: Findings): Problem[] {
	const problems: Problem[] = [];
	if (bad > 0) {
		problems.push({
			code: 'bad-rows',
			weight: bad === rows ? 'blocks' : 'confirm',
			rows: bad,
			message:
				bad === rows
					? {
							zh: '没有一行可以导入，请按错误清单修改。',
							en: 'No row can be taken. Put right what the list of errors says.',
						}
					: {
							zh: `${bad} 行有错误。确认后跳过这些行，其余照常导入。`,
							en: `${bad} rows have errors. Once confirmed they are left out and the others are taken.`,
						},
		});
	}
	if (whole && kind === 'points') {
		problems.push({
			code: 'cannot-close',
			weight: 'blocks',
			message: {
				zh: '测点没有停用日期，不能按“全量名册”导入。',
				en: 'Monitoring points have no closing day: they cannot be brought as a whole register.',
			},
		});
	}
	if (whole && bad > 0) {
		problems.push({
			code: 'cannot-close',
			weight: 'blocks',
			message: {
				zh: '有错误的行时不能按“全量名册”关闭其余对象。',
				en: 'With bad rows in it the file cannot close what it does not hold: it may be there in a row that could not be read.',
			},
		});
	}
	if (diff.closed > MANY_CLOSED * diff.open) {
		problems.push({
			code: 'closes-many',
			weight: 'confirm',
			rows: diff.closed,
			message: {
				zh: `将关闭 ${diff.closed} 个对象（现有 ${diff.open} 个）。`,
				en: `${diff.closed} of ${diff.open} open objects would be closed.`,
			},
		});
	}
	if (formulaCells > 0) {
		problems.push({
			code: 'formulas',
			weight: 'confirm',
			rows: formulaCells,
			message: {
				zh: `${formulaCells} 个单元格是公式，读取的是其上次计算结果。`,
				en: `${formulaCells} cells hold formulas; their last results were read.`,
			},
		});
	}
	if (fromSite > 0) {
		problems.push({
			code: 'position-from-site',
			weight: 'notice',
			rows: fromSite,
			message: {
				zh: `${fromSite} 台设备没有坐标，暂用所在工地的位置。`,
				en: `${fromSite} machines have no position of their own and take that of their site.`,
			},
		});
	}
	if (nameFilled > 0) {
		problems.push({
			code: 'name-from-other-column',
			weight: 'notice',
			rows: nameFilled,
			message: {
				zh: `${nameFilled} 行没有名称，以地址或许可证编号代替。`,
				en: `${nameFilled} rows have no name and take their address or permit number.`,
			},
		});
	}
	if (demoTouched > 0) {
		problems.push({
			code: 'demo-data',
			weight: 'notice',
			rows: demoTouched,
			message: { zh: `其中 ${demoTouched} 个是演示数据。`, en: `${demoTouched} of them are demonstration data.` },
		});
	}
	return problems;
}

function nameOf(datum: string): string {
	return DATUM_NAME[datum] ?? datum;
}

function counts({ inside, checked }: DatumVerdict): string {
	return inside.map(({ datum, rows }) => `${nameOf(datum)} ${rows}/${checked}`).join(', ');
}
