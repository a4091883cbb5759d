import { expect, test } from 'vitest';
import type { Cell } from './field.ts';
import { isFootRow } from './foot-rows.ts';

test.each<[string, Cell[], boolean]>([
	['a sum', ['合计', null, null, 29.1], true],
	['a sum with blanks between, behind an empty column', [null, '合　计', '6台'], true],
	['a sum of a part', ['小计：', 12], true],
	['who filled it in', ['填表人：张三　　审核人：李四', null, null], true],
	['a remark below the table', [null, '备注：数据截至 6 月底'], true],
	['a site', [1, '330109202403050101', '湘湖里二期', 120.25, 30.15], false],
	['a site whose name begins like a sum', ['合计科技园', 'P-1', 120.25, 30.15], false],
	['a site whose row begins with its remark', ['备注：停工', 'P-1', '湘湖里', 120.25, 30.15], false],
])('%s', (_, cells, isFoot) => {
	expect(isFootRow(cells)).toBe(isFoot);
});
