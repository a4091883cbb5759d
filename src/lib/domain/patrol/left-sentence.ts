// Reasons and remedies for visits left out, in words.

import type { Sentence } from '../import/sentence.ts';
import { inMinutes } from './broken-sentence.ts';
import type { Change, Reason } from './explain.ts';

export function reasonSentence(reason: Reason): Sentence {
	switch (reason.why) {
		case 'no-team':
			if (reason.team)
				return {
					zh: `指定的“${reason.team}”不能去`,
					en: `Only “${reason.team}” is asked for, and it may not make this visit`,
				};
			return reason.skill
				? { zh: `没有一组具备“${reason.skill}”`, en: `No team has “${reason.skill}”` }
				: { zh: '没有一组可以去', en: 'No team may make this visit' };
		case 'never-open':
			return {
				zh: '任何一组都无法在开放时段和班次内完成',
				en: 'No team can make it between its windows and the end of the shift, even with nothing else to do',
			};
		case 'too-heavy':
			return { zh: '工作量超过任何一组的上限', en: 'Its load is above the capacity of every team' };
		case 'after':
			return {
				zh: `前一项“${reason.other}”没有安排`,
				en: `“${reason.other}”, which has to come first, is not planned`,
			};
		case 'not-worth':
			return {
				zh: `排得下，但代价 ${round(reason.costs)} 高于其价值 ${round(reason.prize)}`,
				en: `It fits, but costs ${round(reason.costs)} more and is worth ${round(reason.prize)}`,
			};
		case 'overlooked':
			return {
				zh: '排得下：求解未及安排，或由人工移出',
				en: 'It fits: the search was too short to take it in, or it was taken out by hand',
			};
		case 'full':
			return { zh: '各组当日已排满', en: 'The day is full: it fits behind, before or between no other visits' };
		case 'mostly-full':
			return {
				zh: '试过的位置都排不下；待排的太多，未能逐一试完',
				en: 'It fits at none of the places that were tried; too many are left to try them all',
			};
	}
}

export function fitSentence(change: Change): Sentence {
	switch (change.change) {
		case 'later':
			return {
				zh: `“${change.team}”延长 ${inMinutes(change.minutes)} 分钟可排入`,
				en: `fits if “${change.team}” ends ${inMinutes(change.minutes)} minutes later`,
			};
		case 'skipTwo': {
			const [one, other] = change.visits;
			return {
				zh: `“${change.team}”不去“${one}”和“${other}”${change.isMust ? '（必去）' : ''}可排入`,
				en: `fits if “${change.team}” skips “${one}” and “${other}”${change.isMust ? ' (which have to be made)' : ''}`,
			};
		}
		case 'another':
			return {
				zh: `再派一组（同“${change.team}”）可排入`,
				en: `fits if another team like “${change.team}” goes out`,
			};
		case 'capacity':
			return {
				zh: `“${change.team}”上限提高 ${round(change.above)} 可排入`,
				en: `fits if “${change.team}” may take on ${round(change.above)} more`,
			};
		case 'skip':
			return {
				zh: `“${change.team}”不去“${change.visit}”${change.isMust ? '（必去）' : ''}可排入`,
				en: `fits if “${change.team}” skips “${change.visit}”${change.isMust ? ' (which has to be made)' : ''}`,
			};
		case 'window':
			return {
				zh: `开放时段延长 ${inMinutes(change.minutes)} 分钟，“${change.team}”可去`,
				en: `fits with “${change.team}” if its window closes ${inMinutes(change.minutes)} minutes later`,
			};
		case 'prize':
			return {
				zh: `价值高于 ${round(change.atLeast)} 时由“${change.team}”去`,
				en: `“${change.team}” makes it if it is worth more than ${round(change.atLeast)}`,
			};
	}
}

export function afterSentence(other: string): Sentence {
	return { zh: `先安排“${other}”`, en: `fits only with “${other}”` };
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
