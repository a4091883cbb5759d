// Rows of a table that are no objects: sums, and the lines below it in which somebody signs or explains.

import type { Cell } from './field.ts';

const SUM = /^(?:合计|总计|小计|共计|总合计|合计数)[:：]?$/;
const LINE = /^(?:填表人?|填报人|填报单位|制表人?|编制人?|审核人?|审批人?|负责人|联系人|备注|说明|注)[:：]/;
/** Cells that such a line fills at most; an object has more. */
const FEW = 3;

/** Whether a row sums up (its first cell says 合计), or is a line of words such as 填表人：张三. */
export function isFootRow(cells: readonly Cell[]): boolean {
	const texts = cells.map((cell) => String(cell ?? '').replace(/\s+/g, '')).filter((text) => text !== '');
	const [first = ''] = texts;
	return SUM.test(first) || (texts.length <= FEW && LINE.test(first));
}
