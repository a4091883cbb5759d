// The firms of the district: owners, contractors, site engineers' firms, crane firms, testing agencies. All invented.

import type { Random } from '#lib/domain/random.ts';
import { creditCode } from './identifiers.ts';
import { dayAfter, type Calendar } from './calendar.ts';
import { brandName, unique } from './names.ts';
import { PUBLISHED } from './published.ts';
import type { FirmRow } from './rows.ts';
import type { Sources } from './sources.ts';

export interface Firms {
	rows: FirmRow[];
	contractors: FirmRow[];
	craneFirms: FirmRow[];
	owners: FirmRow[];
	siteEngineers: FirmRow[];
	testingAgencies: FirmRow[];
}

const HOMES = [
	['杭州', 45],
	['浙江', 25],
	['萧山', 12],
	['绍兴', 8],
	['宁波', 5],
	['金华', 5],
] as const;

export function inventFirms(random: Random, { today }: Calendar, sources: Sources): Firms {
	const source_id = sources.add('firms', '参建单位');
	const taken = new Set<string>();
	const codes = new Set<string>();
	const make = (count: number, role: string, endings: readonly string[]): FirmRow[] =>
		Array.from({ length: count }, () => ({
			id: random.uuid(),
			name: unique(taken, () => random.weighted(HOMES) + brandName(random) + random.pick(endings)),
			credit_code: unique(codes, () => creditCode(random, '330109')),
			roles: [role],
			caution_from: null,
			caution_to: null,
			source_id,
		}));

	const contractors = make(PUBLISHED.contractors, 'contractor', [
		'建设有限公司',
		'建筑工程有限公司',
		'建工集团有限公司',
		'营造有限公司',
	]);
	for (const firm of random.shuffled(contractors).slice(0, 6)) {
		firm.caution_from = dayAfter(today, -random.whole(20, 300));
		firm.caution_to = random.chance(0.7) ? dayAfter(firm.caution_from, 365) : null;
	}
	const craneFirms = make(PUBLISHED.craneIntegratedFirms, 'craneIntegratedFirm', [
		'建筑机械租赁有限公司',
		'起重设备安装工程有限公司',
		'机械设备有限公司',
	]);
	const owners = [
		...make(150, 'owner', ['置业有限公司', '房地产开发有限公司', '产业园开发有限公司', '科技有限公司']),
		...make(22, 'platformCompany', ['城市建设投资有限公司', '城乡发展有限公司']),
	];
	const siteEngineers = make(46, 'supervisionFirm', ['工程管理有限公司', '建设监理有限公司', '项目咨询有限公司']);
	const testingAgencies = make(PUBLISHED.testingAgencies, 'testingAgency', ['检测技术有限公司', '检验检测有限公司']);
	return {
		rows: [...contractors, ...craneFirms, ...owners, ...siteEngineers, ...testingAgencies],
		contractors,
		craneFirms,
		owners,
		siteEngineers,
		testingAgencies,
	};
}
