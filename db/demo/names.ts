// Invented names. Trade names are put together from characters hardly any real firm carries; people's names are drawn
// from common characters and mean nobody.

import type { Random } from '#lib/domain/random.ts';

const SURNAMES = [
	...'王李张刘陈杨黄赵周吴徐孙朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严',
];
const GIVEN = [
	...'安柏本彬波昌超晨诚春达德栋恩发凡方芳飞峰福刚高光国海浩和恒宏华辉惠吉佳嘉建健江杰洁晋静娟军凯科坤兰雷磊立丽良林玲龙茂梅敏明宁鹏平萍强琴庆群荣瑞润胜世书淑顺松涛天婷伟文霞祥晓欣新雄秀旭雪亚燕阳艺英永勇宇玉元月云泽振志忠',
];
const BRAND_A = [...'霁垚翀昉栩珩岚湉彧旻铄晗屹峤沄澍祎琮皓钧'];
const BRAND_B = [...'砺枢垣筑桓岑岳墨衡朴甄翎榕渚塬穹笙桥石川'];
const ESTATE_A = [...'澜云月星悦和锦观映望静清溪江湖林枫桂竹荷晴朗逸雅颂'];
const ESTATE_B = [...'庭府苑湾里邸轩墅岸境院台居榭城筑序著屿汀'];
const VILLAGE = [...'塘湖桥浦埠埭湾堰坞畈圩埂潭渡'];
const VILLAGE_FIRST = [...'东西南北新前后上下长荷柳莲石沙盛兴丰'];

export function personName(random: Random): string {
	return random.pick(SURNAMES) + random.pick(GIVEN) + (random.chance(0.72) ? random.pick(GIVEN) : '');
}

export function brandName(random: Random): string {
	return random.pick(BRAND_A) + random.pick(BRAND_B);
}

export function estateName(random: Random): string {
	return random.pick(ESTATE_A) + random.pick(ESTATE_A) + random.pick(ESTATE_B);
}

export function villageName(random: Random): string {
	return random.pick(VILLAGE_FIRST) + random.pick(VILLAGE);
}

/** Draws until the name is new, and remembers it. */
export function unique(taken: Set<string>, draw: () => string): string {
	for (;;) {
		const name = draw();
		if (taken.has(name)) continue;
		taken.add(name);
		return name;
	}
}
