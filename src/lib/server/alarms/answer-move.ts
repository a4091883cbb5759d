// A move as sockets and doors answer it: done, told to everybody, and for each refusal a sentence.

import type { MoveAnswer, MoveRequest } from '#lib/contract/alarm.ts';
import type { Caller } from '../auth/caller.ts';
import { moveAlarms, type MoveRefusal } from '../commands/move-alarms.ts';
import type { Db } from '../db/connection.ts';
import type { LivePart } from '../live/live-part.ts';

const SENTENCE: Record<MoveRefusal, string> = {
	'not-found': '没有这条告警，或不在您的辖区 · No such alarm in your area',
	forbidden: '您的角色不能做这一步 · Your role may not do this',
	closed: '告警已销号，不能再改 · The alarm is closed and stays closed',
	'already-acknowledged': '已有人确认 · Somebody has acknowledged it already',
	'still-active': '告警还在持续，恢复后才能核实或销号 · The condition still holds; verify and close when it is over',
	'not-taken': '还没有人确认 · Nobody has acknowledged it yet',
	'not-verified':
		'红色告警和已派单的告警，先由他人核实再销号 · Danger and assigned alarms are verified by another person first',
	'already-verified': '已核实 · Verified already',
	'own-work': '处置人不能核实自己的处置 · Who had it in hand cannot verify it',
	'already-shelved': '已搁置或已申请搁置 · Shelved, or asked for, already',
	'not-shelved': '没有在搁置 · It is not shelved',
	'no-reason': '请写明理由 · A reason is needed',
	'shelf-too-long': '搁置时限须在将来，且不超过 8 小时 · Shelving ends in the future and within 8 hours',
	'second-person': '红色告警搁置须由第二人同意 · Shelving danger needs a second person',
	'nothing-to-undo': '上一步不是可以撤回的操作 · The last step is none that can be taken back',
	'not-yours': '只能撤回自己的操作 · Only your own move can be taken back',
	'too-late': '已超过可撤回的时间 · It is too late to take it back',
};

export async function answerMove(db: Db, live: LivePart, caller: Caller, request: MoveRequest): Promise<MoveAnswer> {
	const { moved, refused, events } = await moveAlarms(db, caller, request, live.describe);
	live.feed.announce(events);
	return { ok: true, moved, refused: refused.map((one) => ({ ...one, message: SENTENCE[one.reason] })) };
}
