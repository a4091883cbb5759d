// What is being built: kinds of projects with their size, density and names.

import type { Random } from '#lib/domain/random.ts';
import { estateName, villageName } from './names.ts';

export type ProjectKind = 'housing' | 'resettlement' | 'industry' | 'office' | 'public';

export interface Project {
	kind: ProjectKind;
	floorAreaM2: number;
	landAreaM2: number;
}

interface Shape {
	weight: number;
	/** Middle of the floor area in square metres, and its spread as a factor. */
	median: number;
	spread: number;
	/** Floor area per land area. */
	density: [number, number];
}

const SHAPES: Record<ProjectKind, Shape> = {
	housing: { weight: 34, median: 86_000, spread: 1.75, density: [2, 3] },
	resettlement: { weight: 17, median: 98_000, spread: 1.7, density: [2.2, 3] },
	industry: { weight: 25, median: 38_000, spread: 2, density: [1.6, 2.6] },
	office: { weight: 13, median: 62_000, spread: 1.9, density: [2.6, 4.5] },
	public: { weight: 11, median: 27_000, spread: 1.8, density: [1, 1.8] },
};
const SMALLEST_M2 = 3_200;
const LARGEST_M2 = 380_000;

/** Projects whose floor areas add up to `totalM2` exactly; each a multiple of 10 m². */
export function drawProjects(random: Random, count: number, totalM2: number): Project[] {
	const kinds = Object.entries(SHAPES).map(([kind, shape]) => [kind as ProjectKind, shape.weight] as const);
	const drawn = Array.from({ length: count }, () => {
		const kind = random.weighted(kinds);
		const { median, spread } = SHAPES[kind];
		return { kind, raw: median * spread ** random.normal() };
	});
	const rawTotal = drawn.reduce((sum, { raw }) => sum + raw, 0);
	const areas = drawn.map(({ raw }) => {
		const scaledArea = (raw / rawTotal) * totalM2;
		return Math.round(Math.min(LARGEST_M2, Math.max(SMALLEST_M2, scaledArea)) / 10) * 10;
	});
	let rest = totalM2 - areas.reduce((sum, area) => sum + area, 0);
	for (let at = 0; rest !== 0; at = (at + 1) % count) {
		const step = Math.sign(rest) * Math.min(Math.abs(rest), 500);
		if (areas[at]! + step < SMALLEST_M2 || areas[at]! + step > LARGEST_M2) continue;
		areas[at]! += step;
		rest -= step;
	}
	return drawn.map(({ kind }, index) => ({
		kind,
		floorAreaM2: areas[index]!,
		landAreaM2: areas[index]! / random.between(...SHAPES[kind].density),
	}));
}

const PHASES = ['', '', '', '', '一期', '二期', '三期'];

export function projectName(random: Random, kind: ProjectKind, townName: string): string {
	const town = townName.replace(/(街道|镇)$/, '');
	switch (kind) {
		case 'housing':
			return `${town}${estateName(random)}住宅项目${random.pick(PHASES)}`;
		case 'resettlement':
			return `${town}${villageName(random)}${random.pick(['社区', '村'])}${random.pick(['城中村改造安置房', '安置房', '保障性租赁住房'])}${random.pick(PHASES)}`;
		case 'industry':
			return `${town}${villageName(random)}${random.pick(['智造产业园', '科创产业园', '标准厂房', '物流仓储中心', '生物医药产业园'])}${random.pick(PHASES)}`;
		case 'office':
			return `${town}${estateName(random)}${random.pick(['商务中心', '总部大楼', '商业综合体', '科技大厦', '人才公寓'])}`;
		case 'public':
			return `${town}${villageName(random)}${random.pick(['小学', '初级中学', '幼儿园', '社区卫生服务中心', '文体中心', '邻里中心', '消防站'])}${random.pick(['新建工程', '迁建工程', '扩建工程'])}`;
	}
}
