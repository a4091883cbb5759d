// What has to be said about the columns of a file: those without which nothing of it can be taken.

import type { ImportKind } from './field.ts';
import { fieldsOf, isOnSite } from './fields.ts';
import type { Findings, Problem } from './problems.ts';

/** What stands at a point of its own; a machine may be placed by its site, and an area is missed as the column it is. */
const HAS_OWN_PLACE: ReadonlySet<ImportKind> = new Set(['sites', 'points']);

export function columnProblems({
	kind,
	columns,
	hasGeometry,
}: Pick<Findings, 'kind' | 'columns' | 'hasGeometry'>): Problem[] {
	const has = (key: string) => columns.includes(key);
	const problems: Problem[] = [];
	const hasPosition = hasGeometry || (has('longitude') && has('latitude')) || has('boundary');
	if (!hasPosition && HAS_OWN_PLACE.has(kind)) {
		problems.push({
			code: 'no-position',
			weight: 'blocks',
			message: {
				zh: '文件没有位置：需要经度和纬度两列（写在一格里的“经度,纬度”请拆成两列），或 WKT 边界列，或带几何的图层。仅有门牌地址无法上图，请先补充坐标。',
				en: 'The file has no positions. It needs a longitude and a latitude column (split one that holds both), a column with WKT, or a layer with geometry; street addresses alone cannot be put on the map, so add coordinates first.',
			},
		});
	}
	const missing = fieldsOf(kind).filter(
		({ key, required }) => required && !has(key) && !isFromGeometry(key, hasGeometry),
	);
	const needsSite = isOnSite(kind) && !has('sitePermitNo') && !has('siteName');
	const zh = [
		...missing.map(({ key, name }) => (key === 'boundary' ? `${name.zh}（WKT 列，或面图层）` : name.zh)),
		...(needsSite ? ['施工许可证编号或工程名称'] : []),
	];
	const en = [
		...missing.map(({ key, name }) => (key === 'boundary' ? `${name.en} (WKT, or a layer of polygons)` : name.en)),
		...(needsSite ? ['the permit number or name of the site'] : []),
	];
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
