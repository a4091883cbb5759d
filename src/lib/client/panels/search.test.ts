import { describe, expect, test } from 'vitest';
import type { BoardIndex, Registered } from '../live/board-index.ts';
import { SearchIndex } from './search.ts';

const site = (no: number, name: string, pinyin: string, more: object = {}) =>
	({
		kind: 'site',
		no,
		id: `s${no}`,
		at: [120, 30],
		site: {
			no,
			id: `s${no}`,
			name,
			pinyin,
			permitNo: null,
			contractor: null,
			owner: null,
			...{ siteEngineer: null, firmPinyin: '', townCode: null },
			...more,
		},
	}) as unknown as Registered;
const crane = (no: number, more: object) =>
	({
		kind: 'towerCrane',
		no,
		id: `m${no}`,
		at: [120, 30],
		machine: { siteId: 's1', deviceId: null, propertyRecordNo: null, ...more },
	}) as unknown as Registered;

const registered = [
	site(1, '宁安社区城中村改造安置房', 'ningansheqvchengzhongcungaizaoanzhifang nascqzcgzazf', {
		permitNo: '330109202503120101',
		contractor: '浙江萧峰建工有限公司',
		siteEngineer: '杭州信达监理有限公司',
		firmPinyin: 'zhejiangxiaofengjiangong zjxfjg hangzhouxindajianli hzxdjl',
	}),
	site(2, '萧山国际机场配套', 'xiaoshanguojijichangpeitao xsgjjcpt'),
	crane(3, { propertyRecordNo: '浙AH-T00342', deviceId: 'TC-0342' }),
];
const index = {
	byNo: new Map(registered.map((entry) => [entry.no, entry])),
	siteById: new Map(),
} as unknown as BoardIndex;
const search = new SearchIndex(index, () => '宁安社区城中村改造安置房 1# 塔式起重机');

const found = (query: string) => search.find(query).map(({ key }) => key);

describe('search', () => {
	test.each([
		['the beginning of a name', '宁安', ['site-1', 'towerCrane-3']],
		['a part of a name', '机场', ['site-2']],
		['full-width figures, as a Chinese keyboard types them', 'ＴＣ－０３４２', ['towerCrane-3']],
		['two words of a name', '宁安 改造', ['site-1', 'towerCrane-3']],
		['pinyin with blanks', 'xiao shan guo', ['site-2']],
		['full pinyin', 'xiaoshanguo', ['site-2']],
		['initials', 'xsgj', ['site-2']],
		['a permit number', '3301092025', ['site-1']],
		['a firm', '萧峰', ['site-1']],
		['a firm of site engineers', '信达监理', ['site-1']],
		['the pinyin of a firm', 'xindajianli', ['site-1']],
		['the initials of a firm', 'zjxf', ['site-1']],
		['a device', 'tc-0342', ['towerCrane-3']],
		['a property record number, blanks and case aside', '浙ah- t00342', ['towerCrane-3']],
		['nothing', '   ', []],
		['something that is nowhere', '没有', []],
	])('finds by %s', (_, query, keys) => {
		expect(found(query)).toEqual(keys);
	});

	test('says what fitted when it was not the name', () => {
		expect(search.find('TC-0342')[0]?.why).toEqual({ field: 'device', value: 'TC-0342' });
	});

	test('says which firm it was when its pinyin fitted', () => {
		expect(search.find('hzxd')[0]?.why).toEqual({ field: 'firm', value: '杭州信达监理有限公司' });
		expect(search.find('xiaofengjg')).toEqual([]);
	});

	test('a firm whose name holds the query comes after a site whose name does', () => {
		expect(found('萧')).toEqual(['site-2']);
		expect(found('萧山')).toEqual(['site-2']);
	});
});
