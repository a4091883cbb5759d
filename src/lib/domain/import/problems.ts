// What has to be said about a file as a whole, and how much weight it has: it blocks, it must be confirmed, or it is good to know.

import type { Datum } from './datum.ts';
import { columnProblems } from './column-problems.ts';
import { placeProblems } from './place-problems.ts';
import type { DatumVerdict } from './datum-verdict.ts';
import type { Diff } from './diff.ts';
import type { ImportKind } from './field.ts';
import type { Sentence } from './sentence.ts';

export type ProblemCode =
	| 'datum-missing'
	| 'datum-mistake'
	| 'datum-strange'
	| 'wrong-unit'
	| 'axes-swapped'
	| 'outside-district'
	| 'no-district'
	| 'no-position'
	| 'missing-column'
	| 'bad-rows'
	| 'closes-many'
	| 'formulas'
	| 'failed-formulas'
	| 'position-from-site'
	| 'name-from-other-column'
	| 'demo-data'
	| 'cannot-close'
	| 'restricted-area'
	| 'heights-dropped'
	| 'foot-rows'
	| 'other-sheets'
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
	/** Datum the file itself names, and where. */
	hint: { datum: Datum; from: string } | null;
	/** Name of one it names that is not known here. */
	strangeDatum: string | null;
	diff: Pick<Diff, 'closed' | 'open'>;
	/** Keys of the fields that a column is mapped to. */
	columns: readonly string[];
	hasGeometry: boolean;
	formulaCells: number;
	failedCells: { count: number; first: readonly string[] };
	/** Names of the sheet that was read and of those with rows that were not. */
	sheets: readonly string[];
	fromSite: number;
	nameFilled: number;
	/** Rows whose places have heights. */
	heights: number;
	/** Rows that sum up or sign and were not read. */
	footRows: readonly number[];
	demoTouched: number;
	/** Topographic data of an area so large that it is a state secret. */
	isRestricted: boolean;
}

/** Share of the open objects a file may close without a person saying so. */
const MANY_CLOSED = 0.1;

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

function rowProblems({
	kind,
	whole,
	bad,
	rows,
	diff,
	formulaCells,
	failedCells,
	sheets,
	fromSite,
	nameFilled,
	heights,
	footRows,
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
	if (failedCells.count > 0) {
		const { count, first } = failedCells;
		const some = count > first.length ? '…' : '';
		problems.push({
			code: 'failed-formulas',
			weight: 'confirm',
			rows: count,
			message: {
				zh: `${count} 个单元格的公式出错（#REF!、#N/A 等），按空白读取：${first.join('、')}${some}。`,
				en: `The formulas of ${count} cells failed (#REF!, #N/A and the like); they were read as empty: ${first.join(', ')}${some}.`,
			},
		});
	}
	if (sheets.length > 1) {
		const [read, ...others] = sheets;
		problems.push({
			code: 'other-sheets',
			weight: 'notice',
			message: {
				zh: `读取的是工作表“${read}”，未读取：${others.join('、')}。`,
				en: `Sheet “${read}” was read; not read: ${others.join(', ')}.`,
			},
		});
	}
	if (fromSite > 0) {
		problems.push({
			code: 'position-from-site',
			weight: 'notice',
			rows: fromSite,
			message: {
				zh: `${fromSite} 行没有坐标，暂用所在工地的位置。`,
				en: `${fromSite} rows have no position of their own and take that of their site.`,
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
	if (heights > 0) {
		problems.push({
			code: 'heights-dropped',
			weight: 'notice',
			rows: heights,
			message: {
				zh: `${heights} 行的坐标带高程（Z），高程不导入，只取平面位置。`,
				en: `The places of ${heights} rows have heights (Z), which are not taken; only where they are is.`,
			},
		});
	}
	if (footRows.length > 0) {
		const shown = (between: string) => footRows.slice(0, 5).join(between) + (footRows.length > 5 ? '…' : '');
		problems.push({
			code: 'foot-rows',
			weight: 'notice',
			rows: footRows.length,
			message: {
				zh: `第 ${shown('、')} 行是合计或填表说明，没有当作数据。`,
				en: `Row ${shown(', ')}: a sum, or a line that signs or explains; not taken for data.`,
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
