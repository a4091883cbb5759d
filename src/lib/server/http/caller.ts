// Who asks, out of a request, as commands want it.

import type { Caller } from '../auth/caller.ts';
import { Fault } from '../errors.ts';
import { isUuid } from './uuid.ts';

export function callerOf(event: { locals: { principal: Caller['principal'] }; getClientAddress(): string }): Caller {
	return { principal: event.locals.principal, address: event.getClientAddress(), now: new Date() };
}

/** An id out of an address. @throws Fault not-found for what cannot be one */
export function idOf(id: string, what: string): string {
	if (isUuid(id)) return id;
	throw new Fault('not-found', `${what} ${id}`, '没有这条记录 · There is no such record.');
}

const SENTENCES: Record<string, readonly ['forbidden' | 'not-found' | 'conflict' | 'bad-input' | 'gone', string]> = {
	forbidden: ['forbidden', '您的角色不能执行此操作 · This is not open to your role.'],
	'not-found': [
		'not-found',
		'没有这条记录，或不在您的管辖范围内 · There is no such record, or it is outside your area.',
	],
	'unknown-link': ['not-found', '链接无效 · The link is not known.'],
	ended: ['gone', '该指令已结束 · This order has ended.'],
	future: ['bad-input', '开始时间不能在未来 · It cannot begin in the future.'],
	level: ['bad-input', '该触发条件没有这个等级 · This trigger has no such level.'],
	hours: ['bad-input', '定时巡查须填写间隔小时 · A repeated check needs its hours.'],
	'known-file': ['conflict', '该文件已导入 · This very file is kept already.'],
	'name-taken': ['conflict', '名称已被使用 · This name is taken.'],
	'changed-meanwhile': [
		'conflict',
		'别人刚刚改动了同一记录，请重新打开后再改 · Somebody else has just changed it. Open it again.',
	],
	'name-is-kept': [
		'conflict',
		'该姓名已写入检查记录，不能更改；请停用后另建 · Visits know this officer by the name; put them aside and add another.',
	],
	'is-default': ['conflict', '默认出发地不能取消或删除，请先把另一处设为默认 · Make another place the default first.'],
	'is-used': ['conflict', '已有计划或记录引用，不能删除，可停用 · Plans know it; it can only be put aside.'],
	'unknown-firm': ['bad-input', '没有这家单位 · There is no such firm.'],
	'unknown-companion': ['bad-input', '没有这名专家或这家机构 · There is no such expert or agency.'],
	'ends-before-it-begins': ['bad-input', '结束日期早于开始日期 · It ends before it begins.'],
	'nothing-to-undo': ['conflict', '没有可撤销的修改 · There is nothing to undo.'],
	'not-by-hand': [
		'conflict',
		'只能更改或解除手工录入的预警；自动接收的预警以发布单位为准 · Only a signal entered by hand can be changed by hand.',
	],
	'not-yet': [
		'conflict',
		'停工的预警或响应尚未结束，不能复工 · The signal or response that stopped the work still holds.',
	],
	'no-reason': ['bad-input', '退回或无申请解除须说明原因 · A refusal, or settling unasked, needs its reason.'],
	'no-site': ['conflict', '没有在施工地可抽查 · There is no site to draw from.'],
	'waits-at-gate': [
		'bad-input',
		'仍有工地待复工验收，结束汛情须说明原因 · Sites still wait at the gate; closing the event needs its reason.',
	],
	'still-open': [
		'conflict',
		'仍有预警或响应未结束，不能结束本次汛情 · A signal or response still holds; the event cannot be closed.',
	],
};

/** The fault that says why a command refused. */
export function refusal(reason: string, subject: string): Fault {
	const [code, sentence] = SENTENCES[reason] ?? (['conflict', reason] as const);
	return new Fault(code, subject, sentence, { details: [{ reason }] });
}
