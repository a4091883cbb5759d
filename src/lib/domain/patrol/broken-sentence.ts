// What a broken rule is called, in words.

import type { Sentence } from '../import/sentence.ts';
import type { BrokenRule } from './evaluate.ts';

/** Minutes as people say them: whole from ten on, tenths below. */
export const inMinutes = (minutes: number) =>
	minutes >= 10 ? Math.ceil(minutes - 1e-6) : Math.ceil(minutes * 10 - 1e-6) / 10;

export function brokenSentence(broken: BrokenRule): Sentence {
	switch (broken.rule) {
		case 'window':
			return {
				zh: `“${broken.visit}”开始得太晚：晚了 ${inMinutes(broken.minutes)} 分钟`,
				en: `“${broken.visit}” begins ${inMinutes(broken.minutes)} minutes behind its last window`,
			};
		case 'shift':
			return {
				zh: `“${broken.team}”超出班次 ${inMinutes(broken.minutes)} 分钟`,
				en: `“${broken.team}” ends ${inMinutes(broken.minutes)} minutes after its shift`,
			};
		case 'break':
			return {
				zh: `“${broken.team}”的休息晚了 ${inMinutes(broken.minutes)} 分钟`,
				en: `The break of “${broken.team}” begins ${inMinutes(broken.minutes)} minutes too late`,
			};
		case 'capacity':
			return {
				zh: `“${broken.team}”的工作量超出 ${broken.above}`,
				en: `“${broken.team}” takes on ${broken.above} more than its capacity`,
			};
		case 'skill':
			return {
				zh: `“${broken.visit}”需要“${broken.skill}”，“${broken.team}”不具备`,
				en: `“${broken.visit}” needs “${broken.skill}”, which “${broken.team}” has not`,
			};
		case 'team':
			return broken.allowed === null
				? {
						zh: `“${broken.team}”应回避“${broken.visit}”`,
						en: `“${broken.team}” may not make “${broken.visit}”`,
					}
				: {
						zh: `“${broken.visit}”只能由“${broken.allowed}”去`,
						en: `Only “${broken.allowed}” may make “${broken.visit}”`,
					};
		case 'after':
			return {
				zh: `“${broken.visit}”须在“${broken.other}”之后`,
				en: `“${broken.visit}” has to come after “${broken.other}”`,
			};
		case 'must':
			return { zh: `“${broken.visit}”必须去，但没有安排`, en: `“${broken.visit}” has to be made and is not planned` };
		case 'twice':
			return { zh: `“${broken.visit}”排了两次`, en: `“${broken.visit}” is planned twice` };
		case 'unknown':
			return { zh: `题目里没有“${broken.name}”`, en: `“${broken.name}” is not in the problem` };
	}
}
