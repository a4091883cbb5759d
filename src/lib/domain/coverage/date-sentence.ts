// What is wrong with days of coverage, in a sentence of both languages: the server refuses with it, the page says it while
// somebody types.

import type { Sentence } from '../import/sentence.ts';
import type { DateFault, DateName } from './dates.ts';

const ZH: Record<DateName, string> = {
	...{ from: '开始日', to: '结束日' },
	...{ 'first.from': '第一轮开始日', 'first.to': '第一轮结束日' },
	...{ 'second.from': '第二轮开始日', 'second.to': '第二轮结束日' },
	...{ 'lookBack.from': '回头看开始日', 'lookBack.to': '回头看结束日' },
};
const EN: Record<DateName, string> = {
	...{ from: 'the first day', to: 'the last day' },
	...{ 'first.from': 'the begin of round 1', 'first.to': 'the end of round 1' },
	...{ 'second.from': 'the begin of round 2', 'second.to': 'the end of round 2' },
	...{ 'lookBack.from': 'the begin of the look-back', 'lookBack.to': 'the end of the look-back' },
};

export function dateSentence(fault: DateFault): Sentence {
	switch (fault.kind) {
		case 'nothing-changed':
			return { zh: '与现行日期相同', en: 'These are the days that hold already.' };
		case 'names':
			return {
				zh: `须填写：${fault.names.map((name) => ZH[name]).join('、')}`,
				en: `To be filled in: ${fault.names.map((name) => EN[name]).join(', ')}.`,
			};
		case 'no-such-day':
			return {
				zh: `${ZH[fault.name]}“${fault.day}”在日历中不存在`,
				en: `The calendar has no day “${fault.day}” (${EN[fault.name]}).`,
			};
		case 'not-every-year':
			return {
				zh: `${ZH[fault.name]}不能是 2 月 29 日：不是每年都有`,
				en: `29 February is not in every year (${EN[fault.name]}).`,
			};
		case 'ends-before-it-begins':
			return {
				zh: `${ZH[fault.to]}早于${ZH[fault.from]}`,
				en: `It ends before it begins: ${EN[fault.to]} lies before ${EN[fault.from]}.`,
			};
		case 'other-year':
			return {
				zh: `${ZH[fault.name]}不在 ${fault.year} 年内`,
				en: `${EN[fault.name]} does not lie in ${fault.year}.`,
			};
		case 'rounds-overlap':
			return {
				zh: `两轮重叠：第二轮自 ${fault.secondFrom} 起，第一轮到 ${fault.firstTo} 才结束`,
				en: `The rounds overlap: the second begins on ${fault.secondFrom}, the first ends on ${fault.firstTo}.`,
			};
		case 'look-back-outside':
			return {
				zh: `回头看须在第二轮之内（${fault.from} 至 ${fault.to}）`,
				en: `The look-back has to lie within round 2 (${fault.from} to ${fault.to}).`,
			};
	}
}
