// From what a command says to an answer: events are announced, a refusal becomes the sentence a person can act on.

import type { EventMessage } from '#lib/contract/events.ts';
import { Fault, type FaultCode } from '../errors.ts';

type Refusal = { ok: false; reason: string; details?: unknown[] };
type Done = { ok: true; events: readonly EventMessage[] };

const SENTENCE: Record<string, readonly [FaultCode, string]> = {
	forbidden: ['forbidden', '您无权执行此操作 · This is not open to you.'],
	'not-found': ['not-found', '没有此记录，或您看不到 · There is no such record, or it is not yours to see.'],
	'ends-before-it-begins': ['bad-input', '结束日期早于开始日期 · It ends before it begins.'],
	'campaign-is-there': [
		'conflict',
		'同名同期的专项已存在，样本与清单未改；请换一个名称 · A campaign of this name and these days is there already and stays as it is; choose another name.',
	],
	'is-closed': ['conflict', '该专项已结束，报告不再改写 · This campaign has ended; its report is not rewritten.'],
	'no-campaign': ['bad-input', '只有专项整治可以结束 · Only a campaign can be ended.'],
	'no-officers': [
		'bad-input',
		'没有执法证在有效期内的监督人员，无法编组 · No officer with a valid certificate: no team can be made.',
	],
	'no-sites': ['bad-input', '没有符合条件的工地 · No site fits these conditions.'],
	'no-campaign-runs': [
		'bad-input',
		'这一天没有进行中且未查满的专项整治，可在“覆盖台账”新建 · On this day no campaign runs that still asks for visits; one can be made in the coverage ledger.',
	],
	'day-is-over': ['bad-input', '这一天已经过去，不能再排 · This day is over; nobody can be sent out on it.'],
	'too-far-ahead': ['bad-input', '最多提前一年排定 · A patrol can be planned a year ahead at most.'],
	'no-round': ['bad-input', '该轮次不在进行中 · This round is not running.'],
	'no-base': ['bad-input', '没有登记出发地 · No place to start from is in the register.'],
	'changed-meanwhile': [
		'conflict',
		'计划已被他人修改，请重新打开 · Somebody else has changed the plan meanwhile; open it again.',
	],
	'not-a-draft': ['conflict', '计划已下发，不能再改 · The plan has been issued and cannot be changed.'],
	'not-issued': ['conflict', '计划尚未下发 · The plan has not been issued.'],
	'is-a-draw': ['conflict', '抽签产生的计划不能撤回 · A plan that was drawn by lot cannot be taken back.'],
	'has-begun': [
		'conflict',
		'已有小组出发或到达，不能撤回；可用“插入应急检查”调整 · A team has set out or arrived: the plan cannot be taken back; change it with an emergency visit.',
	],
	'rules-broken': ['bad-input', '计划违反硬性规则，不能下发 · The plan breaks hard rules and cannot be issued.'],
	empty: ['bad-input', '计划中没有任何一站 · The plan has no stop.'],
	'fits-nowhere': [
		'conflict',
		'最多调整两站仍排不进这次应急检查 · The emergency fits nowhere while moving two others at most.',
	],
	'is-planned': ['conflict', '该工地已在当日计划中 · This site is in the plan of the day already.'],
	'plan-is-broken': ['conflict', '当前计划已违反规则，请先修复 · The plan is broken as it is; mend it first.'],
	'bad-draft': ['bad-input', '方案与题目不符 · The plan does not fit its problem.'],
	'not-drawn': ['conflict', '尚未抽取 · Nothing has been drawn yet.'],
	'is-drawn': ['conflict', '已经抽取，不能重抽 · It has been drawn; there is no second draw.'],
	'not-departed': [
		'conflict',
		'抽中的小组尚未全部出发，种子暂不公开 · Not every drawn team has departed; the seed stays sealed.',
	],
	'pool-too-small': ['bad-input', '备选对象少于抽取数量 · Fewer candidates than were asked for.'],
	'not-an-officer': ['forbidden', '您的账号没有关联监督人员 · Your account belongs to no officer who goes on patrol.'],
	'not-your-stop': ['forbidden', '这一站不在您的小组 · This stop is not your team’s.'],
	'no-image': ['bad-input', '不是可用的照片（JPEG、PNG、WebP） · Not a photo that can be kept (JPEG, PNG, WebP).'],
	'not-contiguous': ['bad-input', '调整后网格不再连成一片 · The grid would fall apart.'],
};

/** @throws Fault for a refusal */
export function answerOf(result: Done | Refusal, hub: { announce(events: readonly EventMessage[]): void }): Response {
	if (!result.ok) throw refusalFault(result);
	const { events, ok: _ok, ...body } = result;
	hub.announce(events);
	return Response.json(body);
}

/** The sentence of a refusal. */
export function refusalFault({ reason, details }: { reason: string; details?: unknown[] }): Fault {
	const [code, message] = SENTENCE[reason] ?? (['bad-input', reason] as const);
	return new Fault(code, reason, message, details ? { details } : {});
}
